// The exposure sheet: frames down, cels across, as it lies beside the light table. By choice a timeline.
import { cel, cels, changed, go, model } from './model';
import { fitCanvas, font, theme } from './theme';
import type { Cel } from './types';

export const canvas = document.querySelector<HTMLCanvasElement>('#sheet canvas')!;
// Sizes on a screen of usual width, px.
const kHead = 30, kRow = 17, kNumbers = 34, kSpeech = 26, kCel = 42;
let scroll = 0;

interface Grid {
  along: number;   // px of one frame
  first: number;   // px of frame 0 along time
  size: number;    // px visible along time
  columns: { from: number; width: number; cel: Cel | null }[];
}

function grid(): Grid {
  const list = cels();
  const across = model.timeline ? canvas.clientHeight : canvas.clientWidth;
  const u = theme.u;
  const along = (model.timeline ? 18 : kRow) * u;
  const first = (model.timeline ? 64 : kHead) * u;
  const speech = model.scene?.speech.length ? kSpeech * u : 0;
  const from = (model.timeline ? 20 : kNumbers) * u;
  const room = across - from - speech - 2;
  const width = Math.min((model.timeline ? 24 : kCel + 4) * u, room / Math.max(1, list.length));
  const columns: Grid['columns'] = [];
  if (speech) columns.push({ from, width: speech, cel: null });
  list.forEach((each, i) => columns.push({ from: from + speech + i * width, width, cel: each }));
  return { along, first, size: (model.timeline ? canvas.clientWidth : canvas.clientHeight) - first, columns };
}

/** Draws in time (along) and layers (across), whichever way they lie. */
class Pencil {
  constructor(readonly ctx: CanvasRenderingContext2D, readonly turned: boolean) {}
  rect(along: number, across: number, length: number, width: number): void {
    if (this.turned) this.ctx.fillRect(along, across, length, width);
    else this.ctx.fillRect(across, along, width, length);
  }
  text(text: string, along: number, across: number): void {
    if (this.turned) this.ctx.fillText(text, along, across);
    else this.ctx.fillText(text, across, along);
  }
  at(along: number, across: number): [number, number] {
    return this.turned ? [along, across] : [across, along];
  }
}

function drawCell(p: Pencil, g: Grid, column: Grid['columns'][0], one: Cel, frame: number): void {
  const index = one.at[frame], before = frame > 0 ? one.at[frame - 1] : -2;
  const along = g.first + frame * g.along - scroll + g.along / 2, across = column.from + column.width / 2;
  const ctx = p.ctx;
  if (index === before) {
    if (index < 0) return;
    ctx.fillStyle = theme.faint;
    p.rect(along - g.along / 2 + 0.5, across - 0.5, g.along, 1);
    return;
  }
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  if (index < 0) {
    ctx.fillStyle = theme.faint;
    p.text('×', along, across);
    return;
  }
  const drawing = one.drawings[index];
  const number = drawing.name.replace(/^[A-Za-z_]*0*(?=\d)/, '');
  const [x, y] = p.at(along, across);
  const key = drawing.state === 'key';
  ctx.fillStyle = ctx.strokeStyle = theme.ink;
  ctx.font = font(11, key ? 600 : 400);
  if (key) {
    ctx.lineWidth = theme.u;
    ctx.beginPath();
    ctx.ellipse(x, y, (number.length > 2 ? 11 : 8) * theme.u, 7.5 * theme.u, 0, 0, 7);
    ctx.stroke();
  }
  ctx.fillText(number, x, y + 0.5);
  const u = theme.u;
  const mx = x + (model.timeline ? 0 : Math.min(15 * theme.u, column.width / 2 - 4)), my = y - (model.timeline ? 9 * theme.u : 0);
  ctx.globalAlpha = drawing.judging ? 0.4 : 1;
  if (drawing.approved) {
    ctx.fillStyle = theme.stamp;
    ctx.beginPath();
    ctx.arc(mx, my, 3.2 * u, 0, 7);
    ctx.fill();
  } else if (drawing.verdict === 'look') {
    ctx.fillStyle = theme.look;
    ctx.beginPath();
    ctx.moveTo(mx, my - 3.6 * u);
    ctx.lineTo(mx + 3.8 * u, my + 3 * u);
    ctx.lineTo(mx - 3.8 * u, my + 3 * u);
    ctx.fill();
  } else if (drawing.verdict === 'draw') {
    ctx.fillStyle = theme.draw;
    ctx.fillRect(mx - 3 * u, my - 3 * u, 6 * u, 6 * u);
  }
  ctx.globalAlpha = 1;
}

function drawSpeech(p: Pencil, g: Grid, column: Grid['columns'][0]): void {
  const ctx = p.ctx;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const speech of model.scene!.speech) {
    const from = g.first + speech.first * g.along - scroll, length = speech.frames * g.along;
    ctx.fillStyle = theme.faint;
    p.rect(from + 2, column.from + column.width - 5, length - 4, 1);
    ctx.fillStyle = theme.ink;
    ctx.font = font(11);
    const letters = [...speech.words];
    const step = Math.min(13 * theme.u, (length - 4) / Math.max(1, letters.length));
    letters.forEach((letter, i) => p.text(letter, from + 8 + i * step, column.from + column.width / 2 - 2));
  }
}

export function drawSheet(): void {
  const speech = model.scene?.speech.length ? kSpeech : 0;
  document.getElementById('work')!.style.setProperty('--sheet', `${(kNumbers + speech + cels().length * kCel + 4) * theme.u}px`);
  const ctx = fitCanvas(canvas);
  const scene = model.scene;
  if (!scene) return;
  const g = grid(), p = new Pencil(ctx, model.timeline);
  const here = g.first + model.frame * g.along;
  if (!model.playing || here - scroll > g.first + g.size - g.along || here < scroll + g.first) {
    if (here - scroll < g.first + g.along) scroll = here - g.first - g.along * 2;
    if (here - scroll > g.first + g.size - 2 * g.along) scroll = here - g.first - g.size + 3 * g.along;
  }
  scroll = Math.max(0, Math.min(scroll, scene.frames * g.along - g.size + 8));
  const across = model.timeline ? canvas.clientHeight : canvas.clientWidth;
  const from = Math.max(0, Math.floor(scroll / g.along) - 1);
  const to = Math.min(scene.frames, Math.ceil((scroll + g.size) / g.along) + 1);

  // The active cel, then the frame that stands, as bands of light.
  const active = g.columns.find((c) => c.cel && c.cel.name === model.cel);
  ctx.fillStyle = theme.band;
  if (active) p.rect(g.first, active.from, g.size, active.width);
  ctx.globalAlpha = 0.9;
  p.rect(here - scroll, 0, g.along, across);
  ctx.globalAlpha = 1;

  // Lines: fine ones every frame, plain ones every six, strong ones every second.
  for (let frame = from; frame <= to; ++frame) {
    const at = Math.round(g.first + frame * g.along - scroll);
    const second = frame % Math.round(scene.fps) === 0, six = frame % 6 === 0;
    ctx.fillStyle = six ? theme.edge : theme.hair;
    p.rect(at, 0, second ? 2 : 1, across);
    if (frame < scene.frames && (six || frame === model.frame)) {
      ctx.fillStyle = frame === model.frame ? theme.accent : theme.faint;
      ctx.font = font(10, frame === model.frame ? 600 : 400);
      ctx.textAlign = model.timeline ? 'center' : 'right';
      ctx.textBaseline = 'middle';
      p.text(String(frame + 1), at + g.along / 2 + 0.5, (model.timeline ? 10 : kNumbers - 7) * theme.u);
    }
  }
  ctx.fillStyle = theme.edge;
  for (const column of g.columns) p.rect(g.first, column.from, g.size, 1);
  const last = g.columns[g.columns.length - 1];
  if (last) p.rect(g.first, last.from + last.width, g.size, 1);

  for (const column of g.columns) {
    if (!column.cel) {
      drawSpeech(p, g, column);
      continue;
    }
    for (let frame = from; frame < to; ++frame) drawCell(p, g, column, column.cel, frame);
  }

  // The head: names of the columns.
  ctx.fillStyle = theme.desk;
  if (model.timeline) ctx.fillRect(0, 0, g.first, canvas.clientHeight);
  else ctx.fillRect(0, 0, canvas.clientWidth, g.first);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  for (const column of g.columns) {
    const name = column.cel ? column.cel.name : 'S';
    ctx.fillStyle = column === active ? theme.accent : theme.faint;
    ctx.font = font(12, 600);
    p.text(name, g.first / 2, column.from + column.width / 2);
  }
  ctx.fillStyle = theme.edge;
  p.rect(g.first - 1, 0, 1, across);
}

function hit(event: PointerEvent): { frame: number; cel: Cel | null } {
  const box = canvas.getBoundingClientRect(), g = grid();
  const x = event.clientX - box.left, y = event.clientY - box.top;
  const along = model.timeline ? x : y, across = model.timeline ? y : x;
  const column = g.columns.find((c) => across >= c.from && across < c.from + c.width);
  return { frame: Math.floor((along - g.first + scroll) / g.along), cel: column?.cel ?? null };
}

export function bindSheet(): void {
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    const at = hit(event);
    if (at.cel) model.cel = at.cel.name;
    go(at.frame);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons & 1) go(hit(event).frame);
  });
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    go(model.frame + (event.deltaY > 0 ? 1 : -1));
  }, { passive: false });
}

/** Where a frame of a cel lies on the screen, for tests. */
export function cellAt(name: string, frame: number): [number, number] {
  const box = canvas.getBoundingClientRect(), g = grid();
  const column = g.columns.find((c) => c.cel?.name === name)!;
  const along = g.first + frame * g.along - scroll + g.along / 2, across = column.from + column.width / 2;
  return model.timeline ? [box.left + along, box.top + across] : [box.left + across, box.top + along];
}

/** To the next column. */
export function goCel(step: number): void {
  const list = cels();
  const now = list.indexOf(cel()!);
  const next = list[Math.max(0, Math.min(list.length - 1, now + step))];
  if (next) model.cel = next.name;
  go(model.frame);
  changed();
}
