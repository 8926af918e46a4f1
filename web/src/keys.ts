// The map of keys: one table that is both obeyed and shown.
import { approve, changed, go, goDrawing, goTo, kModes, model, drawing, sayAgain, takeBack, turnSheet, worst, type Tool } from './model';
import { choices, choose, stepChoice } from './choices';
import { keepTick, moveTick } from './chart';
import { kTools, otherLanguage, otherTheme, setMode } from './panels';
import { closePaper, showHelp, showKeys } from './paper';
import { toggle } from './player';
import { goCel } from './sheet';
import { canvas, fit, view, zoomAt } from './table';
import { commit, crossBy, crossNext, crossPress, drop, hand, setTool } from './tools';
import { w } from './words';

interface Key { keys: string; says: () => string; match: (e: KeyboardEvent) => boolean; act: (e: KeyboardEvent) => void }

const is = (...keys: string[]) => (e: KeyboardEvent) => !e.ctrlKey && !e.metaKey && !e.altKey && keys.includes(e.key);
const ja = (en: string, jp: string) => () => (document.documentElement.lang === 'ja' ? jp : en);

/** Where W went last, as cel and stem. */
let reached = '';
/** To the worst drawing; from where it led, to the next worst. */
export function goWorst(step: number): void {
  const list = worst();
  if (!list.length) return;
  const named = (cel: string, stem?: string) => `${cel}/${stem}`;
  const at = named(model.cel, drawing()?.stem) === reached
    ? list.findIndex((p) => named(p.cel.name, p.drawing.stem) === reached) : -1;
  const next = list[at < 0 ? 0 : (at + step + list.length) % list.length];
  reached = named(next.cel.name, next.drawing.stem);
  goTo(next.cel.name, next.drawing);
}

function arrows(e: KeyboardEvent): void {
  const dx = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
  const dy = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
  if (model.tool !== 'pen') {
    const step = e.shiftKey ? 1 : e.repeat ? 16 : 8;
    return crossBy(dx * step, dy * step);
  }
  const along = model.timeline ? dx : dy, across = model.timeline ? dy : dx;
  if (along) go(model.frame + along * (e.shiftKey ? 6 : 1));
  else goCel(across);
}

function enter(e: KeyboardEvent): void {
  if (model.draftT !== null) return keepTick();
  if (model.tool === 'pen') return;
  if (model.draft && !hand.keyboard && hand.picks.length) return commit(model.draft);
  crossPress(e.shiftKey);
}

function turn(by: number): void {
  view.turn += by;
  changed();
}

function zoom(factor: number): void {
  zoomAt(canvas.clientWidth / 2, canvas.clientHeight / 2, factor);
}

export const kKeys: Key[] = [
  { keys: 'Space', says: () => w('play'), match: is(' '), act: toggle },
  { keys: '↑ ↓ ← →', says: ja('frame, cel; with a tool: move its pen', 'コマ・セル/道具:ペンを動かす'), match: is('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'), act: arrows },
  { keys: ', .', says: ja('drawing before, after', '前の絵・次の絵'), match: is(',', '.'), act: (e) => goDrawing(e.key === ',' ? -1 : 1) },
  { keys: 'W', says: ja('the worst drawing, then the next worst', '一番悪い絵、次に悪い絵'), match: is('w', 'W'), act: (e) => goWorst(e.shiftKey ? -1 : 1) },
  { keys: 'F J', says: ja('hold: flip to the key before, after', '押す間:前・後の原画を見る'), match: is('f', 'j'), act: (e) => { model.flip = e.key === 'f' ? -1 : 1; changed(); } },
  { keys: '1 … 6', says: ja('lines, paint, composite, check, difference, keys', '線画・彩色・合成・検査色・差分・原画対'), match: (e) => is('1', '2', '3', '4', '5', '6')(e) && !choices().length, act: (e) => setMode(kModes[Number(e.key) - 1]) },
  { keys: '1 … 9', says: ja('with a tool: its colour, role, name, end', '道具の色・役割・名前・切替'), match: (e) => /^[1-9]$/.test(e.key) && !e.ctrlKey && !e.altKey && choices().length > 0, act: (e) => choose(choices()[Number(e.key) - 1]) },
  { keys: '< >', says: ja('the choice before, after', '前・次の選択肢'), match: is('<', '>'), act: (e) => stepChoice(e.key === '<' ? -1 : 1) },
  { keys: '7', says: () => w('marks'), match: (e) => is('7')(e) && !choices().length, act: () => { model.marks = !model.marks; changed(); } },
  { keys: 'X', says: () => w('onion'), match: is('x'), act: () => { model.onion = (model.onion + 1) % 4; changed(); } },
  { keys: 'M', says: () => w('mirror'), match: is('m'), act: () => { view.mirror = !view.mirror; changed(); } },
  { keys: 'Q E', says: ja('turn the paper', '紙を回す'), match: is('q', 'e'), act: (e) => turn(e.key === 'q' ? -0.1 : 0.1) },
  { keys: '[ ] 0', says: ja('smaller, larger, all', '縮小・拡大・全体'), match: is('[', ']', '0'), act: (e) => (e.key === '0' ? fit() : zoom(e.key === ']' ? 1.25 : 0.8)) },
  { keys: 'R', says: () => w('loop'), match: is('r'), act: () => { model.loop = !model.loop; changed(); } },
  { keys: 'K', says: ja('on ones, twos, threes', '1コマ・2コマ・3コマ打ち'), match: is('k'), act: () => { model.step = ((model.step % 3) + 1) as 1 | 2 | 3; changed(); } },
  { keys: 'U', says: () => w('sound'), match: is('u'), act: () => { model.sound = !model.sound; changed(); } },
  { keys: 'H', says: () => w('timeline'), match: is('h'), act: turnSheet },
  { keys: '- =', says: ja('move the drawing, or where a depth changes, on the chart', 'ツメ、前後の切替を動かす'), match: is('-', '=', '_', '+'), act: (e) => moveTick((e.key === '-' || e.key === '_' ? -1 : 1) * (e.shiftKey ? 0.05 : 0.01)) },
  { keys: 'Enter', says: ja('press the pen; apply', 'ペンを押す・決定'), match: is('Enter'), act: enter },
  { keys: 'Tab', says: ja('the other key; the next marked place', '反対の原画・次の印'), match: (e) => e.key === 'Tab' && model.tool !== 'pen', act: crossNext },
  { keys: 'Esc', says: ja('let go', 'やめる'), match: is('Escape'), act: () => { if (closePaper()) return; if (!model.draft && !hand.picks.length && !hand.path.length) setTool('pen'); else drop(); } },
  { keys: 'Z', says: ja('take back', '取り消し'), match: (e) => e.key.toLowerCase() === 'z' && !e.shiftKey && !e.altKey, act: () => void takeBack() },
  { keys: 'Shift+Z', says: ja('say again', 'やり直し'), match: (e) => (e.key === 'Z' && e.shiftKey) || (e.ctrlKey && e.key === 'y'), act: () => void sayAgain() },
  { keys: 'Y', says: () => w('approve'), match: is('y'), act: () => void approve() },
  { keys: '?', says: () => w('keys'), match: is('?'), act: showKeys },
  { keys: 'F1', says: () => w('help'), match: is('F1'), act: showHelp },
  { keys: 'Shift+L', says: () => '日本語 / English', match: (e) => is('L')(e) && e.shiftKey, act: otherLanguage },
  { keys: 'Shift+D', says: ja('light or dark', '明・暗'), match: (e) => is('D')(e) && e.shiftKey, act: otherTheme },
];

/** What still answers while a paper lies over the desk: closing it, and the other paper. */
const kPaperKeys = new Set(['Escape', '?', 'F1']);

export function bindKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLInputElement) return;
    const open = (document.getElementById('paper') as HTMLDialogElement).open;
    if (open && !kPaperKeys.has(event.key)) return;
    if (event.key === 'Enter' && event.target instanceof HTMLElement && ['BUTTON', 'LI'].includes(event.target.tagName)) return;
    if (event.key === ' ' && event.target instanceof HTMLButtonElement) event.target.blur();
    for (const key of kKeys)
      if (key.match(event)) {
        event.preventDefault();
        return key.act(event);
      }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const tool = kTools.find(([, key]) => key.toLowerCase() === event.key)?.[0] as Tool | undefined;
    if (tool) setTool(tool);
  });
  document.addEventListener('keyup', (event) => {
    if (event.key !== 'f' && event.key !== 'j') return;
    model.flip = 0;
    changed();
  });
  window.addEventListener('blur', () => {
    model.flip = 0;
  });
}
