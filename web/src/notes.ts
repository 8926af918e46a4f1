// A line of words that comes and goes.
import { refusalText } from './words';

let timer = 0;

export function note(text: string, bad = false): void {
  const place = document.getElementById('note')!;
  place.textContent = text;
  place.className = text ? (bad ? 'bad on' : 'on') : '';
  clearTimeout(timer);
  if (text) timer = window.setTimeout(() => note(''), bad ? 6000 : 2500);
}

export function refuse(error: unknown): void {
  note(refusalText(error instanceof Error ? error.message : String(error)), true);
}
