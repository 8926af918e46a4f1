// The light table: the drawing on its pegs, as lines, paint, cut or difference; for a pair of keys, both above
// the drawing between them. Pan, zoom, rotate, mirror.
import { answerSeen, cel, changed, drawing, keysHere, model, neighbour } from './model';
import { has, loud, pictureAt, tinted } from './pictures';
import { fitCanvas, font, kOnPaper, kTints, roundBox, theme } from './theme';
import { drawGesture } from './tools';
import type { Cel, Drawing, Point, Stroke } from './types';

export const canvas = document.querySelector<HTMLCanvasElement>('#table canvas')!;

/** A part of the table: 0 and 1 hold the keys, 2 the drawing. */
export interface Pane { id: 0 | 1 | 2; x: number; y: number; width: number; height: number }

const kFoot = 24;  // px below, for the hint, on a screen of usual width
let options = 0;   // px above that, for the colours of the bucket

/** Makes room for what lies over the foot of the table. */
export function keepRoom(height: number): void {
  options = height > 0 ? height + 6 : 0;
}

export const view = { x: 0, y: 0, zoom: 1, turn: 0, mirror: false };  // x, y: shift from the middle, drawing px

export function fit(): void {
  Object.assign(view, { x: 0, y: 0, zoom: 1, turn: 0 });
  changed();
}

export function size(): [number, number] {
  const [width, height] = model.scene?.size ?? [0, 0];
  return width > 0 ? [width, height] : [1920, 1080];
}

export function panes(): Pane[] {
  const width = canvas.clientWidth, height = canvas.clientHeight - kFoot * theme.u - options;
  if (model.mode !== 'pair') return [{ id: 2, x: 0, y: 0, width, height }];
  const top = Math.min(height * 0.5, (width / 2) * 0.72);
  return [{ id: 0, x: 0, y: 0, width: width / 2, height: top },
    { id: 1, x: width / 2, y: 0, width: width / 2, height: top },
    { id: 2, x: 0, y: top, width, height: height - top }];
}

const kRim = 1.05, kHead = 0.075;  // room around the frame for the rim of the paper and its peg holes

export function scaleOf(pane: Pane): number {
  const [width, height] = size();
  return Math.min((pane.width - 16) / (width * kRim), (pane.height - 16) / (height * (kRim + kHead))) * view.zoom;
}

function toPane(ctx: CanvasRenderingContext2D, pane: Pane): void {
  const [width, height] = size(), scale = scaleOf(pane);
  ctx.translate(pane.x + pane.width / 2, pane.y + pane.height / 2);
  ctx.rotate(view.turn);
  ctx.scale(view.mirror ? -scale : scale, scale);
  ctx.translate(-width / 2 - view.x, -height / 2 - view.y + (height * kHead) / 2);
}

/** From the table's own CSS pixels to the drawing's. */
export function toDrawing(pane: Pane, x: number, y: number): Point {
  const [width, height] = size(), scale = scaleOf(pane);
  const dx = x - pane.x - pane.width / 2, dy = y - pane.y - pane.height / 2;
  const c = Math.cos(-view.turn), s = Math.sin(-view.turn);
  const rx = (c * dx - s * dy) / (view.mirror ? -scale : scale), ry = (s * dx + c * dy) / scale;
  return [rx + width / 2 + view.x, ry + height / 2 + view.y - (height * kHead) / 2];
}

export function toTable(pane: Pane, at: Point): Point {
  const [width, height] = size(), scale = scaleOf(pane);
  const rx = (at[0] - width / 2 - view.x) * (view.mirror ? -scale : scale);
  const ry = (at[1] - height / 2 - view.y + (height * kHead) / 2) * scale;
  const c = Math.cos(view.turn), s = Math.sin(view.turn);
  return [c * rx - s * ry + pane.x + pane.width / 2, s * rx + c * ry + pane.y + pane.height / 2];
}

/** A sheet of animation paper on three pegs; `px` is a pixel of the screen. */
function drawPaper(ctx: CanvasRenderingContext2D, px: number): void {
  const [width, height] = size();
  const rim = (width * (kRim - 1)) / 2, head = height * kHead;
  // The shadow as a few soft outlines: a blurred one costs 50 ms where no graphics card helps.
  ctx.strokeStyle = 'rgba(0,0,0,.035)';
  for (const soft of [18, 13, 9, 6, 3]) {
    ctx.lineWidth = soft * px;
    roundBox(ctx, -rim, -head - rim * 0.2 + 2.5 * px, width + 2 * rim, height + head + rim * 0.8, height * 0.006);
    ctx.stroke();
  }
  ctx.fillStyle = theme.paper;
  roundBox(ctx, -rim, -head - rim * 0.2, width + 2 * rim, height + head + rim * 0.8, height * 0.006);
  ctx.fill();
  const y = -head * 0.52, round = height * 0.0125;
  const hole = (x: number, half: number) => {
    ctx.fillStyle = theme.desk;
    roundBox(ctx, width / 2 + x - half, y - round, 2 * half, 2 * round, round);
    ctx.fill();
    ctx.fillStyle = '#9a9da1';
    roundBox(ctx, width / 2 + x - half + round * 0.25, y - round * 0.75, 2 * half - round * 0.5, 1.5 * round, round * 0.75);
    ctx.fill();
  };
  hole(0, round);
  hole(-width * 0.17, round * 2.4);
  hole(width * 0.17, round * 2.4);
  ctx.fillStyle = '#fff';
  ctx.fillRect(0, 0, width, height);
  ctx.strokeStyle = 'rgba(60,110,170,.35)';
  ctx.lineWidth = px;
  ctx.strokeRect(0, 0, width, height);
}

/** False while the picture is still on its way. */
function drawStill(ctx: CanvasRenderingContext2D, place: string, name: string | undefined, alpha = 1, middle = false): boolean {
  const bitmap = pictureAt(place, name);
  if (!bitmap) return !name;
  const [width, height] = size();
  // A background larger than the page is seen by its middle, as it is composited.
  const cut = middle && bitmap.width >= width && bitmap.height >= height;
  ctx.globalAlpha = alpha;
  ctx.drawImage(bitmap, cut ? -Math.floor((bitmap.width - width) / 2) : 0, cut ? -Math.floor((bitmap.height - height) / 2) : 0);
  ctx.globalAlpha = 1;
  return has(name!);
}

const lineOf = (d: Drawing) => 'line ' + d.stem, paintOf = (d: Drawing) => 'paint ' + d.stem;

function drawTint(ctx: CanvasRenderingContext2D, name: string | undefined, colour: string, alpha: number): void {
  const tint = tinted(name, colour);
  if (!tint) return;
  ctx.globalCompositeOperation = 'multiply';
  ctx.globalAlpha = alpha;
  ctx.drawImage(tint, 0, 0);
  ctx.globalAlpha = 1;
  ctx.globalCompositeOperation = 'source-over';
}

/** One frame of the cut: every cel that stands, bottom to top. False while a picture is missing. */
export function drawCut(ctx: CanvasRenderingContext2D, frame: number): boolean {
  let whole = true;
  for (const one of model.scene!.cels) {
    const index = one.at[frame] ?? -1;
    if (index < 0) continue;
    if (one.still) {
      whole = drawStill(ctx, one.name, one.image, 1, true) && whole;
      continue;
    }
    const d = standing(one, frame);
    if (!d) continue;
    if (d.paint) {
      whole = drawStill(ctx, paintOf(d), d.paint) && whole;
    } else if (d.line) {
      ctx.globalCompositeOperation = 'multiply';
      whole = drawStill(ctx, lineOf(d), d.line) && whole;
      ctx.globalCompositeOperation = 'source-over';
    }
  }
  return whole;
}

/** The drawing that is seen at a frame; one that is missing is held over by the one before it. */
function standing(one: Cel, frame: number): Drawing | null {
  for (let at = frame; at >= 0 && one.at[at] >= 0; --at) {
    const d = one.drawings[one.at[at]];
    if (d.line || d.paint) return d;
  }
  return null;
}

/** One frame in the way that was chosen. False while a picture is missing. */
export function drawMode(ctx: CanvasRenderingContext2D, frame: number): boolean {
  const here = cel();
  if (!here || !model.scene) return true;
  if (model.mode === 'composite') return drawCut(ctx, frame);
  const index = here.at[frame] ?? -1;
  const d = index >= 0 ? here.drawings[index] : null;
  if (!d) return true;
  if (model.mode === 'paint') return drawStill(ctx, paintOf(d), d.paint ?? d.line);
  if (model.mode === 'check') {
    const shown = d.paint ? loud(d.paint, here.swatches.map((s) => s.colour)) : null;
    if (!shown) return drawStill(ctx, paintOf(d), d.paint ?? d.line) && !d.paint;
    ctx.drawImage(shown, 0, 0);
    return true;
  }
  return drawStill(ctx, lineOf(d), d.line);
}

/** Trace lines are painted over: the tool that points at them shows where they run. */
function showTraces(ctx: CanvasRenderingContext2D, now: Drawing | null): void {
  if (model.tool !== 'trace_role' || !now?.line) return;
  ctx.globalCompositeOperation = 'multiply';
  drawStill(ctx, lineOf(now), now.line, 0.8);
  ctx.globalCompositeOperation = 'source-over';
}

function drawDrawing(ctx: CanvasRenderingContext2D): void {
  const now = drawing();
  if (model.tool === 'arc') {
    const keys = keysHere();
    if (keys) {
      drawTint(ctx, keys[0].line, kOnPaper.before, 1);
      drawTint(ctx, keys[1].line, kOnPaper.after, 1);
      const tried = model.preview?.picture;
      return drawTint(ctx, tried || now?.line, tried ? kOnPaper.ink : '#888', now && keys.includes(now) ? 0 : tried ? 1 : 0.5);
    }
  }
  if (model.flip !== 0) {
    const keys = keysHere(), other = keys ? keys[model.flip < 0 ? 0 : 1] : neighbour(model.flip);
    if (other) return void drawStill(ctx, 'flip', model.mode === 'lines' || model.mode === 'pair' ? other.line : other.paint ?? other.line);
  }
  if (model.preview?.picture && !model.preview.paint) {
    drawTint(ctx, now?.line, kOnPaper.after, 0.8);
    return drawTint(ctx, model.preview.picture, kOnPaper.before, 1);
  }
  if (model.preview?.picture) {
    drawStill(ctx, 'preview', model.preview.picture);
    return showTraces(ctx, now);
  }
  if (model.mode === 'difference') {
    drawTint(ctx, neighbour(-1)?.line, kOnPaper.after, 1);
    return drawTint(ctx, now?.line, kOnPaper.before, 1);
  }
  drawMode(ctx, model.frame);
  showTraces(ctx, now);
  if (model.onion === 0 || model.mode === 'composite') return;
  for (let i = model.onion; i >= 1; --i) {
    for (const side of [-1, 1]) {
      let other: Drawing | null = now;
      const here = cel()!;
      // The i-th different drawing to this side.
      let at = model.frame, left = i;
      while (left > 0 && at >= 0 && at < here.at.length) {
        while (at >= 0 && at < here.at.length && (here.at[at] < 0 || here.drawings[here.at[at]] === other)) at += side;
        other = here.drawings[here.at[at]] ?? null;
        --left;
      }
      if (other && other !== now) drawTint(ctx, other.line, side < 0 ? kOnPaper.before : kOnPaper.after, 0.75 / i);
    }
  }
}

/** Strokes of a key, tinted so that partners have one colour; what has no partner is dotted. */
function drawStrokes(ctx: CanvasRenderingContext2D, strokes: Stroke[], first: boolean, px: number): void {
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  strokes.forEach((stroke, id) => {
    const colour = (i: number): string => {
      if (model.tool === 'group') return kTints[stroke.g[i] % kTints.length];
      return stroke.m[i] < 0 ? '' : kTints[(first ? id : stroke.m[i]) % kTints.length];
    };
    const count = stroke.m.length;
    for (let from = 0; from < count - 1;) {
      const tint = colour(from);
      let to = from + 1;
      while (to < count - 1 && colour(to) === tint) ++to;
      ctx.beginPath();
      ctx.moveTo(stroke.p[2 * from], stroke.p[2 * from + 1]);
      for (let i = from + 1; i <= to; ++i) ctx.lineTo(stroke.p[2 * i], stroke.p[2 * i + 1]);
      ctx.strokeStyle = tint || kOnPaper.draw;
      ctx.lineWidth = Math.max(stroke.width, (tint ? 2.2 : 1.6) * px);
      ctx.setLineDash(tint ? [] : [2 * px, 5 * px]);
      ctx.stroke();
      from = to;
    }
  });
  ctx.setLineDash([]);
}

function drawKey(ctx: CanvasRenderingContext2D, pane: Pane): void {
  const keys = keysHere();
  if (!keys) return;
  const first = pane.id === 0;
  drawStill(ctx, lineOf(keys[first ? 0 : 1]), keys[first ? 0 : 1].line, model.pair ? 0.28 : 1);
  if (model.pair) drawStrokes(ctx, first ? model.pair.a : model.pair.b, first, theme.u / scaleOf(pane));
}

function label(ctx: CanvasRenderingContext2D, pane: Pane, text: string, colour: string): void {
  ctx.font = font(11, 600);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = colour;
  ctx.fillText(text, pane.x + 12 * theme.u, pane.y + 14 * theme.u);
}

/** What is said of the drawing as a whole: its page is outlined. */
function ringPage(ctx: CanvasRenderingContext2D, pane: Pane, now: Drawing, i: number): void {
  const [width, height] = size(), rim = 6 * theme.u / scaleOf(pane);
  const corners: Point[] = [[-rim, -rim], [width + rim, -rim], [width + rim, height + rim], [-rim, height + rim]];
  ctx.strokeStyle = ctx.fillStyle = now.verdict === 'draw' ? kOnPaper.draw : kOnPaper.look;
  ctx.lineWidth = 1.6 * theme.u;
  ctx.setLineDash([5 * theme.u, 4 * theme.u]);
  outline(ctx, pane, corners);
  ctx.stroke();
  ctx.setLineDash([]);
  const [x, y] = toTable(pane, [width, 0]);
  ctx.font = font(11, 700);
  ctx.textAlign = 'center';
  ctx.fillText(String(i + 1), x - (8 + 14 * i) * theme.u, y + 12 * theme.u);
}

/** A closed path through points of the drawing. */
function outline(ctx: CanvasRenderingContext2D, pane: Pane, corners: Point[]): void {
  ctx.beginPath();
  for (const corner of corners) ctx.lineTo(...toTable(pane, corner));
  ctx.closePath();
}

/** Places that a verdict names, as a checker would ring them. */
function drawPlaces(ctx: CanvasRenderingContext2D, pane: Pane): void {
  const now = drawing();
  if (!now || now.approved || model.playing || !(model.marks || model.ringed.length)) return;
  const scale = scaleOf(pane);
  ctx.globalAlpha = now.judging ? 0.35 : 1;
  now.reasons?.forEach((reason, i) => {
    if (model.ringed.length && !model.ringed.includes(i)) return;
    if (reason.size <= 0) return ringPage(ctx, pane, now, i);
    const [x, y] = toTable(pane, reason.at);
    const radius = Math.max(11 * theme.u, (reason.size * scale) / 2 + 5 * theme.u);
    const meant = model.draft?.kind === 'intended' && model.draft.what === reason.what && String(model.draft.at) === String(reason.at);
    ctx.strokeStyle = meant ? kOnPaper.accent : now.verdict === 'draw' ? kOnPaper.draw : kOnPaper.look;
    ctx.lineWidth = 1.6 * theme.u;
    ctx.setLineDash(meant ? [] : [5 * theme.u, 4 * theme.u]);
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 7);
    ctx.stroke();
    ctx.setLineDash([]);
    if (i > 8) return;
    ctx.fillStyle = ctx.strokeStyle;
    ctx.font = font(11, 700);
    ctx.textAlign = 'center';
    ctx.fillText(meant ? '✓' : String(i + 1), x + radius * 0.71 + 6 * theme.u, y - radius * 0.71 - 4 * theme.u);
  });
  ctx.globalAlpha = 1;
}

function drawPreviewPlaces(ctx: CanvasRenderingContext2D, pane: Pane): void {
  for (const [x, y, width, height] of model.preview?.places ?? []) {
    const corners: Point[] = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
    ctx.strokeStyle = kOnPaper.accent;
    ctx.lineWidth = 1.2;
    ctx.setLineDash([2, 3]);
    outline(ctx, pane, corners);
    ctx.stroke();
    ctx.setLineDash([]);
  }
}

function stamp(ctx: CanvasRenderingContext2D, pane: Pane): void {
  const [width] = size();
  const [x, y] = toTable(pane, [width * 0.955, -size()[1] * kHead * 0.5]);
  const radius = Math.max(8, 0.03 * size()[1] * scaleOf(pane));
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(-0.12);
  ctx.strokeStyle = ctx.fillStyle = theme.stamp;
  ctx.lineWidth = Math.max(1.4, radius * 0.1);
  ctx.beginPath();
  ctx.arc(0, 0, radius, 0, 7);
  ctx.stroke();
  ctx.font = `600 ${Math.round(radius * 1.1)}px ${theme.face}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText('済', 0, radius * 0.06);
  ctx.restore();
}

export function drawTable(): void {
  const ctx = fitCanvas(canvas);
  if (!model.scene) return;
  for (const pane of panes()) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(pane.x, pane.y, pane.width, pane.height);
    ctx.clip();
    ctx.save();
    toPane(ctx, pane);
    drawPaper(ctx, 1 / scaleOf(pane));
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, 0, ...size());
    ctx.clip();
    if (pane.id === 2) drawDrawing(ctx);
    else drawKey(ctx, pane);
    ctx.restore();
    ctx.restore();
    if (pane.id === 2) {
      drawPlaces(ctx, pane);
      drawPreviewPlaces(ctx, pane);
      if (drawing()?.approved) stamp(ctx, pane);
    }
    drawGesture(ctx, pane);
    const keys = model.mode === 'pair' || model.tool === 'arc' ? keysHere() : null;
    if (pane.id === 0 && keys) label(ctx, pane, keys[0].stem, theme.before);
    if (pane.id === 1 && keys) label(ctx, pane, keys[1].stem, theme.after);
    if (pane.id === 2) label(ctx, pane, drawing()?.stem ?? '', theme.faint);
    ctx.restore();
  }
  if (model.mode === 'pair') {
    const list = panes();
    ctx.fillStyle = theme.hair;
    ctx.fillRect(list[1].x, 8, 1, list[1].height - 16);
    ctx.fillRect(8, list[2].y, list[2].width - 16, 1);
  }
  answerSeen();
}

/** Turns to places of the drawing, and as near as they allow. */
export function lookAt(places: { at: Point; size: number }[]): void {
  if (!places.length) return;
  const xs = places.flatMap((p) => [p.at[0] - p.size, p.at[0] + p.size]), ys = places.flatMap((p) => [p.at[1] - p.size, p.at[1] + p.size]);
  const [width, height] = size();
  const wide = Math.max(Math.max(...xs) - Math.min(...xs), width / 8), tall = Math.max(Math.max(...ys) - Math.min(...ys), height / 8);
  view.x = (Math.max(...xs) + Math.min(...xs) - width) / 2;
  view.y = (Math.max(...ys) + Math.min(...ys) - height) / 2;
  view.zoom = Math.max(1, Math.min(width / wide, height / tall) * 0.7);
  changed();
}

export function zoomAt(x: number, y: number, factor: number): void {
  const pane = panes().find((p) => x >= p.x && x < p.x + p.width && y >= p.y && y < p.y + p.height) ?? panes()[0];
  const before = toDrawing(pane, x, y);
  view.zoom = Math.max(0.25, Math.min(24, view.zoom * factor));
  const after = toDrawing(pane, x, y);
  view.x += before[0] - after[0];
  view.y += before[1] - after[1];
  changed();
}

export function pan(dx: number, dy: number): void {
  const pane = panes()[panes().length - 1];
  const a = toDrawing(pane, 0, 0), b = toDrawing(pane, dx, dy);
  view.x -= b[0] - a[0];
  view.y -= b[1] - a[1];
  changed();
}
