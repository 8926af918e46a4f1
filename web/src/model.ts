// What the page is at: the scene, where we are in it, how we look at it. One value; whoever changes it says so.
import type { Cel, Drawing, Fix, Pair, Point, Preview, Scene } from './types';
import { refuse } from './notes';
import { has, load } from './pictures';
import * as api from './api';

export type Mode = 'lines' | 'paint' | 'composite' | 'check' | 'difference' | 'pair';
export const kModes: Mode[] = ['lines', 'paint', 'composite', 'check', 'difference', 'pair'];

export type Tool = 'pen' | 'stroke_pair' | 'no_partner' | 'guide' | 'arc' | 'group' | 'depth' | 'paint_style' |
  'close_gap' | 'open_gap' | 'trace_role' | 'intended' | 'spacing';

export interface Model {
  scene: Scene | null;
  connected: boolean;
  frame: number;
  cel: string;
  mode: Mode;
  tool: Tool;
  onion: number;          // neighbours shown to each side
  step: 1 | 2 | 3;        // play on ones, twos or threes
  loop: boolean;
  sound: boolean;
  playing: boolean;
  flip: number;           // held flip key: -1 the drawing before, 1 the one after, 0 none
  timeline: boolean;
  marks: boolean;         // the places that verdicts name are ringed
  ringed: number[];       // of those the ones pointed at in the list
  style: string;          // of the bucket
  role: string;           // of trace lines
  part: string;           // the name of a group: '' or a part of an eye
  until: number;          // t up to which a depth holds, 1: all the way
  pair: Pair | null;      // of `pairName`
  pairName: string;
  preview: Preview | null;
  draft: Fix | null;      // what Enter would say
  draftT: number | null;  // where the chart's tick is being moved to
}

export const model: Model = {
  scene: null, connected: true, frame: 0, cel: '', mode: 'composite', tool: 'pen', onion: 0, step: 1, loop: true,
  sound: true, playing: false, flip: 0, timeline: localStorage.getItem('timeline') === '1', marks: true, ringed: [], style: '', role: 'shadow', part: '', until: 1, pair: null, pairName: '',
  preview: null, draft: null, draftT: null,
};

const watchers: (() => void)[] = [];
let asked = false;

export function watch(changed: () => void): void {
  watchers.push(changed);
}

/** Everything that shows the model draws itself again before the next picture. */
export function changed(): void {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    for (const each of watchers) each();
  });
}

export function cels(): Cel[] {
  return model.scene?.cels.filter((cel) => !cel.still) ?? [];
}

export function cel(): Cel | null {
  return cels().find((each) => each.name === model.cel) ?? null;
}

export function drawing(): Drawing | null {
  const here = cel();
  if (!here) return null;
  const at = here.at[model.frame] ?? -1;
  return at >= 0 ? here.drawings[at] : null;
}

export function shown(): api.Shown {
  return { cel: model.cel, drawing: drawing()?.stem ?? '' };
}

/** The drawings of a cel in the order of their places in time between the keys. */
export function neighbour(step: number): Drawing | null {
  const here = cel(), now = drawing();
  if (!here || !now) return null;
  let at = model.frame;
  while (at >= 0 && at < here.at.length && (here.at[at] < 0 || here.drawings[here.at[at]] === now)) at += step;
  return here.drawings[here.at[at]] ?? null;
}

/** The keys of the drawing that stands: its own when it is an in-between, else it and the next key. */
export function keysHere(): [Drawing, Drawing] | null {
  const here = cel(), now = drawing();
  if (!here || !now) return null;
  if (now.from !== undefined && now.to !== undefined) return [here.drawings[now.from], here.drawings[now.to]];
  for (const forward of [true, false]) {
    const between = here.drawings.find((d) => d.from !== undefined &&
      here.drawings[forward ? d.from : d.to!] === now);
    if (between) return [here.drawings[between.from!], here.drawings[between.to!]];
  }
  return null;
}

export function go(frame: number): void {
  const last = (model.scene?.frames ?? 1) - 1;
  model.frame = Math.max(0, Math.min(last, frame));
  forget();
  changed();
}

/** The sheet lies the other way, until it is turned again. */
export function turnSheet(): void {
  model.timeline = !model.timeline;
  localStorage.setItem('timeline', model.timeline ? '1' : '0');
  changed();
}

export function goTo(celName: string, target: Drawing): void {
  model.cel = celName;
  const at = cel()?.at.indexOf(cel()!.drawings.indexOf(target)) ?? -1;
  go(at >= 0 ? at : target.first);
}

/** The next drawing of the cel to a side. */
export function goDrawing(step: number): void {
  const next = neighbour(step);
  const here = cel();
  if (!here || !next) return;
  const index = here.drawings.indexOf(next);
  let at = model.frame;
  while (at >= 0 && at < here.at.length && here.at[at] !== index) at += step;
  // Stand at the drawing's first frame of this exposure.
  while (at > 0 && here.at[at - 1] === index) --at;
  go(at);
}

export function forget(): void {
  model.ringed = [];
  model.preview = null;
  model.draft = null;
  model.draftT = null;
}

const kRank = { draw: 0, look: 1, pass: 2 };

export interface Place { cel: Cel; drawing: Drawing }

/** Everything to look at, worst first. */
export function worst(): Place[] {
  const list: Place[] = [];
  for (const each of cels())
    for (const one of each.drawings)
      if (one.verdict && one.verdict !== 'pass' && !one.approved) list.push({ cel: each, drawing: one });
  return list.sort((a, b) => kRank[a.drawing.verdict!] - kRank[b.drawing.verdict!] ||
    (a.drawing.confidence ?? 0) - (b.drawing.confidence ?? 0));
}

let stillness = 0;
/** Fetches how the keys here belong together, when it is not known. */
export async function fetchPair(): Promise<void> {
  const keys = keysHere(), here = cel();
  if (!keys || !here) return;
  const lines = [here.name, keys[0].stem, keys[1].stem, keys[0].line, keys[1].line].join(' ');
  const name = [lines, here.fixes.map((f) => f.id), model.scene!.settled].join(' ');
  if (name === model.pairName) return;
  if (!model.pairName.startsWith(lines)) model.pair = null;
  model.pairName = name;
  const pair = await api.strokes(here.name, keys[0].stem, keys[1].stem).catch(() => null);
  if (model.pairName !== name) return;
  model.pair = pair;
  changed();
  if (pair) return;
  // An answer that was lost, or keys that are not matched yet without a word of when: asked again while it is looked at.
  model.pairName = '';
  if (model.mode === 'pair') stillness = window.setTimeout(() => void fetchPair(), 1000);
}

/** Brings the pictures of the cel, one after the other, so that no flip waits for one. */
async function bringAll(): Promise<void> {
  const here = model.cel, kMost = 80;
  for (const d of cel()?.drawings.slice(0, kMost) ?? [])
    for (const name of [d.line, d.paint]) {
      if (model.cel !== here || model.playing) return;
      if (name && !has(name)) await load(name);
    }
}

/** Fetches it at once where it is shown; else when the hand has been still, so that the server has it ready. */
export function wantPair(): void {
  clearTimeout(stillness);
  if (model.mode === 'pair') void fetchPair();
  else if (!model.playing) stillness = window.setTimeout(() => void fetchPair().then(bringAll), 400);
}

/** The machine came further: keys that were not matched may be now. */
export function maybeMatched(): void {
  if (!model.pair) model.pairName = '';
  wantPair();
}

// --- saying things ---------------------------------------------------------------------------------------

interface Said { cel: string; fix: Fix }
const done: Said[] = [], undone: Said[] = [];
/** Times from a correction to its pixels, for the measures. */
export const answered: number[] = [];
let asking: { since: number; before: string } | null = null;

/** The picture of the drawing that the way of looking shows. */
export function pictureNow(): string {
  const now = drawing(), lines = model.mode === 'lines' || model.mode === 'pair' || model.mode === 'difference';
  return (lines ? now?.line : now?.paint ?? now?.line) ?? '';
}

export function timeAnswer(): void {
  asking = { since: performance.now(), before: pictureNow() };
}

/** Called when the table has drawn: has the answer arrived on the screen? */
export function answerSeen(): void {
  if (!asking || pictureNow() === asking.before || !has(pictureNow())) return;
  answered.push(performance.now() - asking.since);
  asking = null;
}

let before: Promise<void> = Promise.resolve();
/** What is said reaches the server in the order in which it was said, however quick the hand is. */
function inOrder(act: () => Promise<void>): Promise<void> {
  return (before = before.then(act));
}

export const say = (fix: Fix): Promise<void> => inOrder(() => sayNow(fix));
export const takeBack = (which?: Said): Promise<void> => inOrder(() => takeBackNow(which));
export const sayAgain = (): Promise<void> => inOrder(sayAgainNow);
export const approve = (): Promise<void> => inOrder(approveNow);

async function sayNow(fix: Fix): Promise<void> {
  const where = model.cel;
  const whole = { ...fix, id: fix.id ?? api.newId() };
  forget();
  timeAnswer();
  try {
    await api.sayFix(where, whole, shown());
    done.push({ cel: where, fix: whole });
    undone.length = 0;
  } catch (error) {
    refuse(error);
  }
  changed();
}

async function takeBackNow(which?: Said): Promise<void> {
  const last = which ?? done.pop();
  if (!last) return;
  if (which) {
    const known = done.findIndex((each) => each.fix.id === which.fix.id);
    if (known >= 0) done.splice(known, 1);
  }
  timeAnswer();
  try {
    await api.undo(last.cel, last.fix.id!, shown());
    undone.push(last);
  } catch (error) {
    refuse(error);
  }
  changed();
}

async function sayAgainNow(): Promise<void> {
  const last = undone.pop();
  if (!last) return;
  timeAnswer();
  try {
    if (last.fix.kind === 'approve') await approveHere(last.fix);
    else await api.sayFix(last.cel, last.fix, shown());
    done.push(last);
  } catch (error) {
    refuse(error);
  }
  changed();
}

async function approveHere(fix: Fix): Promise<void> {
  const here = cels().find((each) => each.drawings.some((d) => d.stem === fix.drawing));
  const one = here?.drawings.find((d) => d.stem === fix.drawing);
  if (!here || !one) return;
  await api.approve(here.name, fix, one.line ?? '', one.paint ?? '');
}

async function approveNow(): Promise<void> {
  const now = drawing();
  if (!now) return;
  const old = cel()!.fixes.find((f) => f.kind === 'approve' && f.drawing === now.stem);
  if (old) return takeBackNow({ cel: model.cel, fix: old });
  const fix: Fix = { id: api.newId(), kind: 'approve', drawing: now.stem };
  const where = model.cel;
  try {
    await approveHere(fix);
    done.push({ cel: where, fix });
  } catch (error) {
    refuse(error);
  }
  changed();
}

let waiting = 0;
/** Asks what a correction would change, once the hand has been still for a moment. */
export function tryOut(fix: Fix | null): void {
  clearTimeout(waiting);
  model.draft = fix;
  if (!fix) {
    model.preview = null;
    return changed();
  }
  waiting = window.setTimeout(async () => {
    const whole = { ...fix, id: api.newId() };
    const answer = await api.preview(model.cel, whole, shown()).catch(() => null);
    if (model.draft !== fix) return;
    fix.id = whole.id;
    model.preview = answer;
    changed();
  }, 90);
  changed();
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
