// The page comes up: shows the cut as the server tells it, hands the pen to the tools.
import { listen } from './api';
import { answered, changed, cels, go, maybeMatched, model, say, takeBack, wantPair, watch } from './model';
import { bindChart, canvas as chart, drawChart, tickAt } from './chart';
import { bindKeys } from './keys';
import { drawPanels, time } from './panels';
import { audio, counts, drawFilm, whilePlaying } from './player';
import { welcome } from './paper';
import { has, whenPictures } from './pictures';
import { bindSheet, canvas as sheet, cellAt, drawSheet } from './sheet';
import { canvas, drawTable, panes, toTable, view } from './table';
import { bindTable, hand } from './tools';
import { readTheme, theme } from './theme';
import { speak } from './words';
import type { Scene } from './types';

const kept = localStorage.getItem('theme');
if (kept) document.documentElement.dataset.theme = kept;
speak((localStorage.getItem('language') ?? (navigator.language.startsWith('ja') ? 'ja' : 'en')) === 'ja' ? 'ja' : 'en');

let scenes = 0;
const drawn = new Map<string, string>();

/** Draws a part again only when what it shows has changed. */
function part(name: string, canvas: HTMLCanvasElement, shows: unknown[], draw: () => void): void {
  const text = [scenes, theme.desk, theme.u, canvas.clientWidth, canvas.clientHeight, ...shows].join();
  if (drawn.get(name) === text) return;
  drawn.set(name, text);
  draw();
}

function drawAll(): void {
  readTheme();
  drawPanels();
  part('sheet', sheet, [model.frame, model.cel, model.timeline, model.playing], drawSheet);
  drawTable();
  if (model.playing) drawFilm(canvas.getContext('2d')!);
  part('chart', chart, [model.frame, model.cel, model.draftT, model.tool, model.until, hand.part, document.documentElement.lang], drawChart);
  wantPair();
  welcome();
}

function seen(scene: Scene): void {
  const first = !model.scene;
  model.scene = scene;
  if (!cels().some((c) => c.name === model.cel)) {
    // Start on the cel that has most drawings to make.
    const made = (c: { drawings: { state: string }[] }) => c.drawings.filter((d) => d.state !== 'key').length;
    model.cel = [...cels()].sort((a, b) => made(b) - made(a))[0]?.name ?? '';
  }
  model.frame = Math.min(model.frame, Math.max(0, scene.frames - 1));
  if (first) document.title = `${[scene.id, scene.title].filter(Boolean).join(' ')} · Nakawari`;
  ++scenes;
  maybeMatched();
  changed();
}

watch(drawAll);
whenPictures(changed);
whilePlaying(() => {
  drawSheet();
  document.getElementById('time')!.textContent = time();
});
bindSheet();
bindTable();
bindChart();
bindKeys();
listen(seen, (working) => {
  if (model.scene) Object.assign(model.scene, working);
  drawPanels();
  maybeMatched();
}, (connected) => {
  model.connected = connected;
  changed();
});
const sizes = new ResizeObserver(changed);
for (const each of [sheet, canvas, chart]) sizes.observe(each);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);

// For the end-to-end tests and the measures: what the page is at, and where things lie on it.
Object.assign(window, {
  desk: {
    model, hand, view, counts, audio, answered, cellAt, tickAt, go, say, takeBack,
    pictured: () => cels().some((c) => c.drawings.some((d) => has(d.paint ?? '') || has(d.line ?? ''))),
    at: (pane: 0 | 1 | 2, x: number, y: number) => {
      const box = canvas.getBoundingClientRect(), [u, v] = toTable(panes().find((p) => p.id === pane)!, [x, y]);
      return [box.left + u, box.top + v];
    },
  },
});
