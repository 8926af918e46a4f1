// Papers laid over the desk: the first steps, shown by the cut itself, and the map of keys.
import { cels, model } from './model';
import { load } from './pictures';
import { el, kTools } from './panels';
import { kKeys } from './keys';
import { w, type Word } from './words';
import type { Drawing } from './types';

const paper = () => document.getElementById('paper') as HTMLDialogElement;

function show(...children: Node[]): void {
  const one = paper();
  one.replaceChildren(...children, el('button', { class: 'close', autofocus: true, onclick: () => one.close() }, w('close')));
  if (!one.open) one.showModal();
}

export function showKeys(): void {
  const row = (keys: string, word: string) => el('tr', {}, el('td', {}, ...keys.split(' ').map((k) => el('kbd', {}, k))), el('td', {}, word));
  const half = Math.ceil(kKeys.length / 2);
  show(el('h2', {}, w('keys')),
    el('div', { class: 'columns' },
      el('table', {}, ...kKeys.slice(0, half).map((k) => row(k.keys, k.says()))),
      el('table', {}, ...kKeys.slice(half).map((k) => row(k.keys, k.says()))),
      el('table', {}, ...kTools.map(([tool, key]) => row(key, w(tool as Word))), row('Y', w('approve')))));
}

/** A key, what was made between, and the next key, from the cut that is open. */
function example(): Drawing[] {
  const made = (d: Drawing) => d.from !== undefined && d.line !== undefined;
  const one = cels().find((c) => c.drawings.some(made)) ?? cels()[0];
  const between = one?.drawings.find(made);
  return between ? [one.drawings[between.from!], between, one.drawings[between.to!]] : one?.drawings.slice(0, 3) ?? [];
}

function shownExample(): HTMLElement {
  return el('div', { class: 'example' }, ...example().map((d) => {
    const canvas = el('canvas', { width: 480, height: 270 }) as HTMLCanvasElement;
    const ctx = canvas.getContext('2d')!;
    ctx.fillStyle = '#fff';
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    if (d.line) void load(d.line).then((bitmap) => bitmap && ctx.drawImage(bitmap, 0, 0, canvas.width, canvas.height));
    return el('figure', { class: d.state }, canvas, el('figcaption', {}, `${d.stem} · ${w(d.state === 'key' ? 'key' : 'inbetween')}`));
  }));
}

export function showHelp(): void {
  const words: Word[] = ['w_keys', 'w_between', 'w_verdict', 'w_fix', 'w_own', 'w_good'];
  localStorage.setItem('seen', '1');
  show(el('h2', {}, w('w_title')), shownExample(), el('ol', { class: 'steps' }, ...words.map((each) => el('li', {}, w(each)))));
}

/** On the first visit, once the cut has something to show. */
export function welcome(): void {
  if (!localStorage.getItem('seen') && model.scene && example().some((d) => d.line)) showHelp();
}

export function closePaper(): boolean {
  const open = paper().open;
  paper().close();
  return open;
}
