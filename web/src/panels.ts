// What stands around the table: the head, the tools, the list of what to look at, what was said, the foot.
import { approve, cels, changed, drawing, goTo, kModes, model, takeBack, turnSheet, worst, type Mode, type Tool } from './model';
import { fit, keepRoom, lookAt, view } from './table';
import { setTool } from './tools';
import { toggle } from './player';
import { choices, choose } from './choices';
import { showHelp, showKeys } from './paper';
import { makeVideo } from './api';
import { reasonName, reasonText, speak, w, wordOr, type Word } from './words';
import type { Drawing, Fix } from './types';

type Child = Node | string;

/** An element with attributes, listeners (on...) and children. */
export function el(tag: string, attributes: Record<string, unknown> = {}, ...children: Child[]): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value as EventListener);
    else if (name.startsWith('aria-')) made.setAttribute(name, String(value));
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

const byId = (id: string) => document.getElementById(id)!;

// Small pictures of the tools, drawn with one pen.
const kIcons: Record<string, string> = {
  pen: 'M5 3l10 8-5 1 3 5-2 1-3-5-3 3z',
  stroke_pair: 'M3 6c3-3 5 2 8-1M3 14c3-3 5 2 8-1M14 5l3 0M14 13l3 0M15.500 6v6',
  no_partner: 'M3 12c4-6 7 3 13-3M5 4l10 12',
  guide: 'M5 10a2 2 0 1 0 .1 0M15 10a2 2 0 1 0 .1 0M7.500 10h5',
  arc: 'M3 15C4 6 14 4 17 8M13.500 6l3.500 2-1 4',
  group: 'M10 3c5 0 7 3 7 6s-3 6-8 6-6-3-6-6 2-6 7-6M8 15l-3 3',
  depth: 'M3 3h9v9h-9zM8 12v5h9v-9h-5',
  paint_style: 'M4 10l6-6 6 6-6 6zM10 4l-2-2M17 13c1 2 1.500 4 0 4s-1-2 0-4',
  close_gap: 'M2 10h5M13 10h5M8.500 10h3M10 5v10',
  open_gap: 'M2 10h4M14 10h4M8 7l4 6M12 7l-4 6',
  trace_role: 'M3 15c3-8 6 0 9-5s3-4 5-6M4 17h12',
  intended: 'M10 3a7 7 0 1 0 .1 0M6.500 10l2.500 3 4.500-6',
  spacing: 'M10 2v16M6 2h8M6 18h8M8 6h4M8 8.500h4M8 13h4',
};

export const kTools: [Tool, string][] = [
  ['pen', 'V'], ['stroke_pair', 'P'], ['no_partner', 'N'], ['guide', 'G'], ['arc', 'A'], ['group', 'L'],
  ['depth', 'D'], ['spacing', 'S'], ['paint_style', 'B'], ['close_gap', 'C'], ['open_gap', 'O'], ['trace_role', 'T'],
  ['intended', 'I'],
];

function icon(name: string): Node {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', kIcons[name]);
  svg.append(path);
  return svg;
}

function drawHead(): void {
  const scene = model.scene;
  const job = scene?.job;
  const modes = kModes.map((mode, i) => el('button', {
    'aria-pressed': model.mode === mode, title: `${w(mode as Word)} (${i + 1})`, 'data-mode': mode,
    onclick: () => setMode(mode),
  }, w(mode as Word)));
  const busy = job?.busy ? el('span', { class: 'job' },
    `${wordOr('s_' + job.step)} ${job.total > 1 ? `${job.done}/${job.total}` : ''}`) : '';
  byId('head').replaceChildren(
    el('h1', {}, scene?.id ?? 'Nakawari', el('small', {}, scene?.title ?? '')),
    el('div', { class: 'modes', role: 'group' }, ...modes),
    el('span', { class: 'room' }),
    !model.connected ? el('span', { class: 'gone', title: w('gone') }, w('gone')) : '',
    job?.error ? el('span', { class: 'gone', title: job.error }, job.error) : '', busy,
    el('button', { onclick: () => void makeVideo(), title: w('video') }, w('video')),
    el('button', { onclick: showKeys, title: '?' }, w('keys')),
    el('button', { onclick: showHelp, title: 'F1' }, w('help')),
    el('button', { onclick: otherLanguage, title: '日本語 / English', id: 'language' }, document.documentElement.lang === 'ja' ? 'EN' : '日本語'),
    el('button', { onclick: otherTheme, title: '◐', id: 'theme', 'aria-label': 'light or dark' }, '◐'));
}

export function setMode(mode: Mode): void {
  model.mode = mode;
  model.playing = false;
  if (model.tool !== 'pen') setTool('pen');
  model.mode = mode;
  changed();
}

export function otherLanguage(): void {
  const to = document.documentElement.lang === 'ja' ? 'en' : 'ja';
  speak(to);
  localStorage.setItem('language', to);
  drawn = {};
  changed();
}

export function otherTheme(): void {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('theme', root.dataset.theme);
  changed();
}

function drawTools(): void {
  byId('tools').replaceChildren(...kTools.map(([tool, key]) => el('button', {
    'aria-pressed': model.tool === tool, 'aria-label': w(tool as Word), title: `${w(tool as Word)} (${key})`,
    'data-tool': tool, onclick: () => setTool(tool),
  }, icon(tool), el('kbd', {}, key))), el('span', { class: 'room' }), el('button', {
    'aria-pressed': drawing()?.approved ?? false, class: 'stamp', 'aria-label': w('approve'),
    title: `${w('approve')} (Y)`, 'data-tool': 'approve', onclick: () => void approve(),
  }, '済', el('kbd', {}, 'Y')));
}

function why(d: Drawing): string {
  const names = [...new Set(d.reasons?.map((r) => reasonName(r.what)))];
  return names.length ? names[0] + (names.length > 1 ? ` +${names.length - 1}` : '') : d.why ?? '';
}

/** Everything that is said about the drawing that stands, numbered as on the table. */
function reasonsHere(): HTMLElement[] {
  const d = drawing();
  if (!d || d.approved || !d.reasons) return [];
  // What is said of several places is said once.
  const said = new Map<string, number[]>();
  d.reasons.forEach((r, i) => said.set(reasonText(r.what, r.text), [...(said.get(reasonText(r.what, r.text)) ?? []), i]));
  const ring = (which: number[]) => { model.ringed = which; changed(); };
  return [...said].slice(0, 12).map(([text, which]) => el('li', {
    class: 'reason', title: text, onpointerenter: () => ring(which), onpointerleave: () => ring([]),
    onclick: () => { lookAt(which.map((i) => d.reasons![i]).filter((r) => r.size > 0)); },
  }, el('span', { class: 'mark' }, which.length > 3 ? `${which[0] + 1} … ${which[which.length - 1] + 1}` : which.map((i) => i + 1).join(' ')),
  el('span', { class: 'why' }, text)));
}

const kShape = { pass: '○', look: '▲', draw: '■' };

function drawLook(): void {
  const list = worst();
  const items = list.slice(0, 80).flatMap(({ cel: one, drawing: d }) => [el('li', {
    class: `${d.verdict} ${d.judging ? 'judging' : ''} ${d === drawing() && one.name === model.cel ? 'here' : ''}`, tabindex: 0, 'data-stem': d.stem,
    onclick: () => goTo(one.name, d),
    onkeydown: (event: KeyboardEvent) => event.key === 'Enter' && goTo(one.name, d),
  }, el('span', { class: 'mark', 'aria-label': w(d.verdict!) }, kShape[d.verdict!]), el('b', {}, d.stem),
  el('span', { class: 'why' }, d.judging ? w('judging') : why(d)),
  el('span', { class: 'sure' }, d.confidence === undefined ? '' : `${Math.round(d.confidence * 100)}`)),
  ...(d === drawing() && one.name === model.cel ? reasonsHere() : [])]);
  byId('look').replaceChildren(el('h2', {}, w('looks'), el('i', {}, String(list.length))),
    items.length ? el('ol', {}, ...items) : el('p', {}, w(cels().some((c) => c.drawings.some((d) => d.verdict)) ? 'all_good' : 'unjudged')));
}

function about(fix: Fix): string {
  const where = fix.drawings?.join('–') ?? fix.drawing ?? '';
  const more = [fix.name, fix.style, fix.role && w(('role_' + fix.role) as Word), fix.t?.toFixed(2).replace(/^0/, '')];
  return [where, ...more.filter((each) => each)].join(' · ');
}

function drawSaid(): void {
  const all: { fix: Fix; cel: string; lost: boolean }[] = [];
  for (const one of cels())
    for (const fix of one.fixes) all.push({ fix, cel: one.name, lost: one.lost.includes(fix.id ?? '') });
  all.sort((a, b) => (b.fix.time ?? '').localeCompare(a.fix.time ?? ''));
  const items = all.slice(0, 120).map(({ fix, cel: name, lost }) => el('li', {
    class: lost ? 'lost' : '', title: `${about(fix)} · ${fix.author ?? ''}${lost ? ' · ' + w('lost') : ''}`, 'data-fix': fix.id ?? '',
    onclick: () => {
      const one = cels().find((c) => c.name === name);
      const d = one?.drawings.find((each) => each.stem === (fix.drawing ?? fix.drawings?.[0]));
      if (d) goTo(name, d);
    },
  }, el('b', {}, wordOr(fix.kind)), el('span', { class: 'why' }, `${about(fix)}${lost ? ' · ' + w('lost') : ''}`),
  el('span', { class: 'sure' }, fix.author ?? ''),
  el('button', { 'aria-label': w('undone'), onclick: (event: Event) => {
    event.stopPropagation();
    void takeBack({ cel: name, fix });
  } }, '×')));
  byId('said').replaceChildren(el('h2', {}, w('said'), el('i', {}, String(all.length))),
    items.length ? el('ol', {}, ...items) : el('p', {}, w('nothing_said')));
}

function drawFoot(): void {
  const scene = model.scene;
  const on = (pressed: boolean, word: string, title: string, act: () => void, id = '') => el('button', {
    'aria-pressed': pressed, title, onclick: () => { act(); changed(); }, 'data-act': id,
  }, word);
  const d = drawing();
  byId('foot').replaceChildren(
    on(model.playing, model.playing ? '❚❚' : '▶', `${w('play')} (Space)`, toggle, 'play'),
    el('span', { class: 'time', id: 'time' }, time()),
    on(model.step === 1, w('on_ones'), w('on_ones'), () => { model.step = 1; }),
    on(model.step === 2, w('on_twos'), w('on_twos'), () => { model.step = 2; }),
    on(model.step === 3, w('on_threes'), w('on_threes'), () => { model.step = 3; }),
    on(model.loop, w('loop'), `${w('loop')} (R)`, () => { model.loop = !model.loop; }),
    scene?.sound ? on(model.sound, w('sound'), w('sound'), () => { model.sound = !model.sound; }) : '',
    el('span', { class: 'room' }),
    el('span', { class: 'what' }, d ? `${d.stem} · ${w(d.state === 'needs-key' ? 'needs_key' : d.state)}` +
      (d.t !== undefined ? ` · ${d.t.toFixed(2)}` : '') + (d.approved ? ' · ' + w('approved') : d.verdict ? ' · ' + w(d.verdict) : '') +
      (d.settling ? ' · ' + w('settling') : '') + (d.judging ? ' · ' + w('judging') : '') : '×'),
    el('span', { class: 'room' }),
    on(model.onion > 0, `${w('onion')} ${model.onion || ''}`, `${w('onion')} (X)`, () => { model.onion = (model.onion + 1) % 4; }),
    on(view.mirror, w('mirror'), `${w('mirror')} (M)`, () => { view.mirror = !view.mirror; }),
    on(false, w('fit'), `${w('fit')} (0)`, fit),
    on(model.marks, w('marks'), `${w('marks')} (7)`, () => { model.marks = !model.marks; }),
    on(model.timeline, w('timeline'), `${w('timeline')} (H)`, turnSheet));
}

export function time(): string {
  const scene = model.scene;
  if (!scene) return '';
  const fps = Math.round(scene.fps), frame = model.frame;
  return `${Math.floor(frame / fps)}+${String((frame % fps) + 1).padStart(2, '0')}  ·  ${frame + 1} / ${scene.frames}`;
}

function drawHint(): void {
  const tool = model.tool;
  byId('hint').textContent = model.playing ? '' : w(('h_' + tool) as Word) + (model.draft && tool !== 'pen' ? ' · ' + w('apply') : '');
}

function drawOption(): void {
  byId('option').replaceChildren(...choices().map((c, i) => {
    const chip = el('button', { 'aria-pressed': c.on, ['data-' + c.data[0]]: c.data[1], title: `${c.title} ${i < 9 ? i + 1 : ''}`,
      onclick: () => choose(c) });
    if (c.colour !== undefined) {
      const dot = el('i', { class: c.colour ? 'dot' : 'dot clear' });
      if (c.colour) dot.style.background = c.colour;
      chip.append(dot);
    }
    chip.append(c.word);
    return chip;
  }));
}

let drawn: Record<string, string> = {};

/** Draws a part again only when what it shows has changed, so that a hand on a button is not disturbed. */
function part(name: string, shows: unknown, draw: () => void): void {
  const text = JSON.stringify(shows);
  if (drawn[name] === text) return;
  drawn[name] = text;
  draw();
}

export function drawPanels(): void {
  const scene = model.scene, d = drawing();
  document.body.classList.toggle('timeline', model.timeline);
  document.body.classList.toggle('playing', model.playing);
  part('head', [scene?.id, scene?.title, scene?.job, model.mode, model.connected], drawHead);
  part('tools', [model.tool, d?.approved], drawTools);
  part('look', [worst().map((p) => [p.drawing.stem, p.drawing.verdict, p.drawing.confidence, p.drawing.judging, p.drawing.reasons?.map((r) => r.text)]), d?.stem, model.cel,
    cels().some((c) => c.drawings.some((each) => each.verdict))], drawLook);
  part('said', cels().map((c) => [c.fixes, c.lost]), drawSaid);
  part('foot', [model.playing, model.playing ? 0 : model.frame, model.step, model.loop, model.sound, model.onion, view.mirror,
    model.timeline, model.marks, d?.stem, d?.verdict, d?.t, d?.approved, d?.settling, d?.judging, scene?.frames, scene?.sound], drawFoot);
  part('hint', [model.tool, model.playing, !!model.draft], drawHint);
  part('option', [model.tool, choices().map((c) => [c.word, c.on, c.colour]), innerWidth], () => {
    drawOption();
    keepRoom(byId('option').offsetHeight);
  });
}
