// Playback at the cut's own speed. What will be shown is composed beforehand at the size of the screen, so that
// a frame costs one copy; a frame that could not be shown in its time is counted.
import { changed, model } from './model';
import { canvas, drawMode, panes, scaleOf, size, toTable } from './table';
import { cels } from './model';

interface Film { key: string; at: (HTMLCanvasElement | null)[] }

let film: Film = { key: '', at: [] };
let started = 0, startFrame = 0, last = -1, request = 0;
/** The voice of the cut. */
export const audio = new Audio();
audio.preload = 'auto';

/** Frames shown and missed since playing began. */
export const counts = { shown: 0, missed: 0 };

/** Names everything that one frame shows. */
function contents(frame: number): string {
  const list = model.mode === 'composite' ? model.scene!.cels : cels().filter((c) => c.name === model.cel);
  return list.map((c) => {
    const d = c.drawings[c.at[frame] ?? -1];
    return c.still ? c.image + (c.at[frame] < 0 ? '-' : '') : (d?.line ?? '') + (d?.paint ?? '');
  }).join();
}

function frameAt(time: number): number {
  const scene = model.scene!;
  const passed = Math.floor(((time - started) / 1000) * scene.fps);
  if (!model.loop && startFrame + passed >= scene.frames) return -1;
  const frame = (startFrame + passed) % scene.frames;
  return frame - (frame % model.step);
}

async function prepare(): Promise<void> {
  const scene = model.scene!, [width, height] = size(), pane = panes()[panes().length - 1];
  const scale = scaleOf(pane) * (window.devicePixelRatio || 1);
  const key = [model.mode, model.cel, scene.version, scale].join();
  if (film.key === key && film.at.every((c) => c)) return;
  film = { key, at: new Array<HTMLCanvasElement | null>(scene.frames).fill(null) };
  const made = new Map<string, HTMLCanvasElement>();
  // Pictures come as they are asked for; a frame whose pictures are not all here is tried again. What is not here
  // by then is drawn while it plays.
  const kPatience = 4000, end = performance.now() + kPatience;
  while (performance.now() < end && model.playing) {
    let whole = true, spare: HTMLCanvasElement | null = null;
    for (let frame = 0; frame < scene.frames && model.playing; ++frame) {
      if (film.at[frame]) continue;
      const name = contents(frame);
      let picture = made.get(name);
      if (!picture) {
        const one: HTMLCanvasElement = spare ?? document.createElement('canvas');
        spare = null;
        one.width = Math.max(1, Math.round(width * scale));
        one.height = Math.max(1, Math.round(height * scale));
        const ctx = one.getContext('2d')!;
        ctx.fillStyle = '#fff';
        ctx.fillRect(0, 0, one.width, one.height);
        ctx.scale(scale, scale);
        if (!drawMode(ctx, frame)) {
          whole = false;
          spare = one;
          continue;
        }
        made.set(name, picture = one);
        await new Promise((go) => setTimeout(go, 0));
      }
      film.at[frame] = picture;
    }
    if (whole) return;
    await new Promise((go) => setTimeout(go, 25));
  }
}

/** Shows the frame of the film that stands; false when it has none. */
export function drawFilm(ctx: CanvasRenderingContext2D): boolean {
  const picture = film.at[model.frame];
  if (!picture) return false;
  const pane = panes()[panes().length - 1], [x, y] = toTable(pane, [0, 0]), [u, v] = toTable(pane, size());
  ctx.drawImage(picture, x, y, u - x, v - y);
  return true;
}

function tick(time: number): void {
  if (!model.playing) return;
  request = requestAnimationFrame(tick);
  const frame = frameAt(time);
  if (frame < 0) return stop();
  if (frame === last) return;
  const scene = model.scene!;
  const gone = Math.floor(((time - started) / 1000) * scene.fps);
  const before = Math.floor(((lastTime - started) / 1000) * scene.fps);
  if (last >= 0) counts.missed += Math.max(0, Math.floor(gone / model.step) - Math.floor(before / model.step) - 1);
  ++counts.shown;
  if (last > frame && model.sound && scene.sound) replay(frame);
  last = frame;
  lastTime = time;
  model.frame = frame;
  const ctx = canvas.getContext('2d')!;
  if (!drawFilm(ctx)) changed();
  showFrame(frame);
}
let lastTime = 0;
let showFrame: (frame: number) => void = () => undefined;

/** `shows` draws what else follows the frame: the band on the sheet, the number. */
export function whilePlaying(shows: (frame: number) => void): void {
  showFrame = shows;
}

function replay(frame: number): void {
  audio.currentTime = frame / model.scene!.fps;
  void audio.play().catch(() => undefined);
}

export async function play(): Promise<void> {
  if (!model.scene || model.scene.frames < 1) return;
  if (model.mode === 'pair' || model.mode === 'difference') model.mode = 'composite';
  model.tool = 'pen';
  model.playing = true;
  changed();
  await prepare();
  if (!model.playing) return;
  counts.shown = counts.missed = 0;
  last = -1;
  startFrame = model.frame >= model.scene.frames - 1 ? 0 : model.frame;
  if (model.scene.sound && audio.dataset.name !== model.scene.sound) {
    audio.src = 'sound';
    audio.dataset.name = model.scene.sound;
  }
  if (model.sound && model.scene.sound) replay(startFrame);
  requestAnimationFrame((time) => {
    started = lastTime = time;
    tick(time);
  });
}

export function stop(): void {
  model.playing = false;
  cancelAnimationFrame(request);
  audio.pause();
  changed();
}

export function toggle(): void {
  if (model.playing) stop();
  else void play();
}
