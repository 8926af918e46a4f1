// The page comes up: shows the cut as the server tells it, hands the pen to the tools.
import { listen } from './api';
import { answered, changed, cels, fetchPair, go, model, say, takeBack, watch } from './model';
import { bindChart, drawChart, tickAt } from './chart';
import { bindKeys } from './keys';
import { drawPanels, time } from './panels';
import { counts, drawFilm, whilePlaying } from './player';
import { welcome } from './paper';
import { has, whenPictures } from './pictures';
import { bindSheet, cellAt, drawSheet } from './sheet';
import { canvas, drawTable, panes, toTable } from './table';
import { bindTable, hand } from './tools';
import { readTheme } from './theme';
import { speak } from './words';
import type { Scene } from './types';

const kept = localStorage.getItem('theme');
if (kept) document.documentElement.dataset.theme = kept;
speak((localStorage.getItem('language') ?? (navigator.language.startsWith('ja') ? 'ja' : 'en')) === 'ja' ? 'ja' : 'en');

function drawAll(): void {
  readTheme();
  drawPanels();
  drawSheet();
  drawTable();
  if (model.playing) drawFilm(canvas.getContext('2d')!);
  drawChart();
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
  if (first) document.title = `${scene.id} · Nakawari`;
  void fetchPair();
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
listen(seen, (connected) => {
  model.connected = connected;
  changed();
});
new ResizeObserver(changed).observe(document.getElementById('work')!);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);

// For the end-to-end tests and the measures: what the page is at, and where things lie on it.
Object.assign(window, {
  desk: {
    model, hand, counts, answered, cellAt, tickAt, go, say, takeBack,
    pictured: () => cels().some((c) => c.drawings.some((d) => has(d.paint ?? '') || has(d.line ?? ''))),
    at: (pane: 0 | 1 | 2, x: number, y: number) => {
      const box = canvas.getBoundingClientRect(), [u, v] = toTable(panes().find((p) => p.id === pane)!, [x, y]);
      return [box.left + u, box.top + v];
    },
  },
});
