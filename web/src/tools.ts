// The tools: what a hand or the keyboard does on the table becomes a correction. A keyboard has a pen too: the
// cross that the arrows move and Enter presses.
import { cel, changed, distance, drawing, forget, keysHere, model, say, tryOut, type Mode, type Tool } from './model';
import { note } from './notes';
import { canvas, pan, panes, scaleOf, size, toDrawing, toTable, view, zoomAt, type Pane } from './table';
import { kOnPaper, theme } from './theme';
import { w } from './words';
import type { Fix, Point, Stroke } from './types';

interface Pick { pane: 0 | 1 | 2; at: Point; more?: boolean }

interface Hand {
  cross: Pick | null;    // where the pen is
  keyboard: boolean;     // the cross is the keyboard's and is drawn large
  picks: Pick[];
  path: Point[];
  pathPane: 0 | 1 | 2;
  down: boolean;
  byKeys: boolean;       // the path is being laid by the keyboard
  part: Point | null;    // the part whose spacing the chart moves
  lastHover: Point | null;
}

export const hand: Hand = {
  cross: null, keyboard: false, picks: [], path: [], pathPane: 2, down: false, byKeys: false, part: null,
  lastHover: null,
};

const kMode: Partial<Record<Tool, Mode>> = {
  stroke_pair: 'pair', no_partner: 'pair', guide: 'pair', group: 'pair', depth: 'pair', spacing: 'pair',
  arc: 'lines', paint_style: 'paint', trace_role: 'paint',
};
let modeBefore: Mode = 'composite';

export function setTool(tool: Tool): void {
  const mode = kMode[tool];
  if (model.tool === 'pen') modeBefore = model.mode;
  model.tool = tool;
  model.playing = false;
  if (mode) model.mode = mode;
  else if (tool === 'pen') model.mode = modeBefore;
  else if (model.mode === 'composite' || model.mode === 'pair') model.mode = 'lines';
  if (mode === 'pair' && !keysHere()) note(w('pick_inbetween'));
  // The keyboard's pen goes to where these tools point: a key.
  if (mode === 'pair' && hand.cross?.pane === 2) hand.cross = { ...hand.cross, pane: 0 };
  drop();
}

/** Lets go of what was begun. */
export function drop(): void {
  hand.picks = [];
  hand.path = [];
  hand.down = hand.byKeys = false;
  if (model.tool !== 'spacing') hand.part = null;
  forget();
  changed();
}

function strokesOf(pane: 0 | 1 | 2): Stroke[] {
  return pane === 0 ? model.pair?.a ?? [] : pane === 1 ? model.pair?.b ?? [] : [];
}

/** The nearest line of a key: its number and the place on it. */
export function nearest(pane: 0 | 1 | 2, at: Point, reach: number): { id: number; at: Point } | null {
  let best = reach, found: { id: number; at: Point } | null = null;
  strokesOf(pane).forEach((stroke, id) => {
    for (let i = 0; i + 3 < stroke.p.length; i += 2) {
      const ax = stroke.p[i], ay = stroke.p[i + 1], dx = stroke.p[i + 2] - ax, dy = stroke.p[i + 3] - ay;
      const u = Math.max(0, Math.min(1, ((at[0] - ax) * dx + (at[1] - ay) * dy) / (dx * dx + dy * dy || 1)));
      const place: Point = [ax + u * dx, ay + u * dy], away = distance(place, at);
      if (away < best) {
        best = away;
        found = { id, at: place };
      }
    }
  });
  return found;
}

function reach(pane: Pane): number {
  return Math.min(40, Math.max(8, 16 / scaleOf(pane)));
}

function paneOf(id: 0 | 1 | 2): Pane {
  return panes().find((p) => p.id === id) ?? panes()[0];
}

/** The place on the line near a point, or the point itself. */
function snapped(pick: Pick): Point {
  return nearest(pick.pane, pick.at, reach(paneOf(pick.pane)))?.at ?? pick.at;
}

function inside(polygon: Point[], at: Point): boolean {
  let within = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[i], b = polygon[j];
    if ((a[1] > at[1]) !== (b[1] > at[1]) && at[0] < ((b[0] - a[0]) * (at[1] - a[1])) / (b[1] - a[1]) + a[0]) within = !within;
  }
  return within;
}

/** A point on every line that lies mostly within a lasso. */
function lassoed(pane: 0 | 1 | 2, polygon: Point[]): Point[] {
  const found: Point[] = [];
  for (const stroke of strokesOf(pane)) {
    const within: Point[] = [];
    for (let i = 0; i + 1 < stroke.p.length; i += 2) {
      const at: Point = [stroke.p[i], stroke.p[i + 1]];
      if (inside(polygon, at)) within.push(at);
    }
    if (within.length * 4 > stroke.p.length) found.push(within[Math.floor(within.length / 2)]);
  }
  return found;
}

function pairFix(kind: string): Fix | null {
  const keys = keysHere();
  return keys ? { kind, drawings: [keys[0].stem, keys[1].stem] } : null;
}

const sideOf = (picks: Pick[], pane: number) => picks.filter((p) => p.pane === pane).map((p) => p.at);

/** What the picks so far and one more say together; null when that is not enough. */
function fixFrom(picks: Pick[]): Fix | null {
  const last = picks[picks.length - 1], now = drawing();
  switch (model.tool) {
    case 'stroke_pair': {
      const a = sideOf(picks, 0), b = sideOf(picks, 1), fix = pairFix('stroke_pair');
      return fix && a.length && b.length ? { ...fix, a, b } : null;
    }
    case 'guide': {
      const a = sideOf(picks, 0), b = sideOf(picks, 1), fix = pairFix('guide');
      return fix && a.length && b.length ? { ...fix, a: [a[a.length - 1]], b: [b[b.length - 1]] } : null;
    }
    case 'no_partner': {
      const fix = pairFix('no_partner');
      return fix && last.pane !== 2 ? { ...fix, in: fix.drawings![last.pane], at: [last.at] } : null;
    }
    case 'depth': {
      const fix = pairFix('depth'), same = picks.filter((p) => p.pane === last.pane);
      if (!fix || last.pane === 2 || same.length < 2) return null;
      return { ...fix, in: fix.drawings![last.pane], front: same[same.length - 2].at, behind: last.at,
        ...(model.until < 1 ? { t: model.until } : {}) };
    }
    case 'paint_style':
      return now && model.style ? { kind: 'paint_style', drawing: now.stem, at: [last.at], style: model.style } : null;
    case 'trace_role':
      return now ? { kind: 'trace_role', drawing: now.stem, at: [last.at], role: model.role } : null;
    case 'intended': {
      const reason = now?.reasons?.filter((r) => r.size > 0).find((r) => distance(r.at, last.at) <= Math.max(r.size, 24));
      return now && reason ? { kind: 'intended', drawing: now.stem, what: reason.what, at: [reason.at] } : null;
    }
    default:
      return null;
  }
}

/** What a path says. */
function fixFromPath(path: Point[], pane: 0 | 1 | 2): Fix | null {
  const now = drawing();
  if (path.length < 2) return null;
  if (model.tool === 'arc') {
    const fix = pairFix('arc');
    return fix ? { ...fix, path: thinned(path) } : null;
  }
  if (model.tool === 'group') {
    const fix = pairFix('group');
    return fix && pane !== 2 && path.length > 2 ? { ...fix, in: fix.drawings![pane], lasso: thinned(path),
      ...(model.part ? { name: model.part } : {}) } : null;
  }
  if (now && (model.tool === 'close_gap' || model.tool === 'open_gap'))
    return { kind: model.tool, drawing: now.stem, path: [path[0], path[path.length - 1]] };
  return null;
}

/** A path drawn by hand with the points that matter: none closer than 6 px, at most 160. */
function thinned(path: Point[]): Point[] {
  const step = Math.max(6, path.reduce((sum, p, i) => sum + (i ? distance(p, path[i - 1]) : 0), 0) / 160);
  const kept = [path[0]];
  for (const p of path) if (distance(p, kept[kept.length - 1]) >= step) kept.push(p);
  if (kept.length < 3 || distance(kept[kept.length - 1], path[path.length - 1]) > 0.5) kept.push(path[path.length - 1]);
  return kept.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]);
}

const kClicks: Tool[] = ['stroke_pair', 'guide', 'no_partner', 'depth', 'paint_style', 'trace_role', 'intended'];
const kPaths: Tool[] = ['arc', 'group', 'close_gap', 'open_gap'];
const kTwoSided: Tool[] = ['stroke_pair', 'guide'];
const kOnLines: Tool[] = ['stroke_pair', 'guide', 'no_partner'];

function press(pick: Pick, more: boolean): void {
  const at = kOnLines.includes(model.tool) ? snapped(pick) : pick.at;
  add([{ pane: pick.pane, at }], more);
}

function add(picks: Pick[], more: boolean): void {
  if (!picks.length) return;
  const pane = picks[0].pane;
  // A second try on the same side replaces the first; what was added with Shift stays.
  if (kTwoSided.includes(model.tool)) hand.picks = hand.picks.filter((p) => p.pane !== pane || p.more);
  hand.picks.push(...picks.map((p) => ({ ...p, more })));
  const fix = fixFrom(hand.picks);
  if (fix && !more) commit(fix);
  else if (fix) tryOut(fix);
  changed();
}

/** Says it; what was tried out last keeps the name under which its answer is known. */
export function commit(fix: Fix): void {
  const tried = model.draft;
  const same = tried && JSON.stringify({ ...tried, id: 0 }) === JSON.stringify({ ...fix, id: 0 });
  hand.picks = [];
  hand.path = [];
  hand.byKeys = false;
  void say(same && tried.id ? { ...fix, id: tried.id } : fix);
}

function hover(pick: Pick): void {
  if (hand.byKeys && hand.path.length) return tryOut(fixFromPath([...hand.path, pick.at], pick.pane));
  if (!kClicks.includes(model.tool)) return;
  if (model.tool === 'intended') {
    const fix = fixFrom([pick]);
    if (fix?.what !== model.draft?.what || String(fix?.at) !== String(model.draft?.at)) tryOut(fix);
    return;
  }
  const at = kOnLines.includes(model.tool) ? snapped(pick) : pick.at;
  if (kOnLines.includes(model.tool) && !nearest(pick.pane, pick.at, reach(paneOf(pick.pane)))) return tryOut(null);
  if (model.draft && hand.lastHover && distance(hand.lastHover, at) < 3 / scaleOf(paneOf(pick.pane))) return;
  hand.lastHover = at;
  tryOut(fixFrom([...hand.picks.filter((p) => !kTwoSided.includes(model.tool) || p.pane !== pick.pane), { pane: pick.pane, at }]));
}

/** The tool was set otherwise: what is being tried out is tried anew. */
export function again(): void {
  hand.lastHover = null;
  if (hand.cross && (hand.picks.length || hand.path.length || model.draft)) hover(hand.cross);
}

function endPath(): void {
  const path = hand.path, pane = hand.pathPane;
  hand.path = [];
  hand.byKeys = false;
  const fix = fixFromPath(path, pane);
  if (fix) commit(fix);
  changed();
}

// --- the pen ---------------------------------------------------------------------------------------------

function pickAt(event: PointerEvent | WheelEvent): Pick {
  const box = canvas.getBoundingClientRect();
  const x = event.clientX - box.left, y = event.clientY - box.top;
  const pane = panes().find((p) => x >= p.x && x < p.x + p.width && y >= p.y && y < p.y + p.height) ?? panes()[0];
  return { pane: pane.id, at: toDrawing(pane, x, y) };
}

export function bindTable(): void {
  canvas.addEventListener('pointerdown', (event) => {
    canvas.focus();
    canvas.setPointerCapture(event.pointerId);
    const pick = pickAt(event);
    hand.cross = pick;
    hand.keyboard = false;
    if (event.button !== 0 || model.tool === 'pen') return;
    event.preventDefault();
    hand.down = true;
    hand.path = [pick.at];
    hand.pathPane = pick.pane;
  });
  canvas.addEventListener('pointermove', (event) => {
    const pick = pickAt(event);
    const panning = (event.buttons & 4) !== 0 || (model.tool === 'pen' && (event.buttons & 1) !== 0);
    hand.cross = pick;
    hand.keyboard = false;
    if (panning) return pan(event.movementX, event.movementY);
    if (hand.down && pick.pane === hand.pathPane) {
      for (const each of event.getCoalescedEvents?.() ?? [event]) hand.path.push(pickAt(each).at);
      if (kPaths.includes(model.tool)) tryOut(fixFromPath(hand.path, hand.pathPane));
      return changed();
    }
    hover(pick);
    changed();
  });
  canvas.addEventListener('pointerup', (event) => {
    if (!hand.down) return;
    hand.down = false;
    const moved = hand.path.length > 1 &&
      Math.max(...hand.path.map((p) => distance(p, hand.path[0]))) * scaleOf(paneOf(hand.pathPane)) > 6;
    if (kPaths.includes(model.tool) && moved) return endPath();
    const path = hand.path;
    hand.path = [];
    if (model.tool === 'stroke_pair' && moved)
      return add(lassoed(hand.pathPane, path).map((at) => ({ pane: hand.pathPane, at })), event.shiftKey);
    if (model.tool === 'spacing' && hand.pathPane === 0) hand.part = snapped({ pane: 0, at: path[0] });
    if (kClicks.includes(model.tool)) press({ pane: hand.pathPane, at: path[0] }, event.shiftKey);
    changed();
  });
  canvas.addEventListener('pointerleave', () => {
    if (!hand.keyboard) hand.cross = null;
    changed();
  });
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    if (event.shiftKey) {
      view.turn += (event.deltaY || event.deltaX) > 0 ? 0.05 : -0.05;
      return changed();
    }
    zoomAt(event.clientX - box.left, event.clientY - box.top, Math.exp(-event.deltaY / 400));
  }, { passive: false });
}

// --- the keyboard's pen ----------------------------------------------------------------------------------

export function crossBy(dx: number, dy: number): void {
  const list = panes();
  if (!hand.cross || !hand.keyboard || !list.some((p) => p.id === hand.cross!.pane))
    hand.cross = hand.cross && list.some((p) => p.id === hand.cross!.pane)
      ? hand.cross : { pane: list[0].id, at: [size()[0] / 2, size()[1] / 2] };
  hand.keyboard = true;
  const [width, height] = size();
  hand.cross = { pane: hand.cross.pane, at: [
    Math.max(0, Math.min(width, hand.cross.at[0] + (view.mirror ? -dx : dx))),
    Math.max(0, Math.min(height, hand.cross.at[1] + dy))] };
  hover(hand.cross);
  changed();
}

/** To the next place worth pressing: the other key, or the next marked place. */
export function crossNext(): void {
  const list = panes();
  const now = drawing();
  if (model.mode === 'pair') {
    const other = hand.cross?.pane === 0 ? 1 : 0;
    hand.cross = { pane: other, at: hand.cross?.at ?? [size()[0] / 2, size()[1] / 2] };
  } else {
    const places = now?.reasons?.filter((r) => r.size > 0).map((r) => r.at) ?? [];
    const at = places.findIndex((p) => hand.cross && distance(p, hand.cross.at) < 1);
    hand.cross = { pane: list[0].id, at: places[(at + 1) % Math.max(1, places.length)] ?? [size()[0] / 2, size()[1] / 2] };
  }
  hand.keyboard = true;
  crossBy(0, 0);
}

export function crossPress(more: boolean): void {
  if (!hand.cross) return crossBy(0, 0);
  if (kPaths.includes(model.tool)) {
    const last = hand.path[hand.path.length - 1];
    if (hand.byKeys && last && distance(last, hand.cross.at) < 1) return endPath();
    if (!hand.byKeys) hand.path = [];
    hand.byKeys = true;
    hand.pathPane = hand.cross.pane;
    hand.path.push(hand.cross.at);
    const straight = model.tool === 'close_gap' || model.tool === 'open_gap';
    if (straight && hand.path.length === 2) return endPath();
    return changed();
  }
  if (model.tool === 'spacing' && hand.cross.pane === 0) {
    hand.part = snapped(hand.cross);
    return changed();
  }
  if (kClicks.includes(model.tool)) press(hand.cross, more);
}

// --- what is being done, drawn over the table ------------------------------------------------------------

function strokeLine(ctx: CanvasRenderingContext2D, pane: Pane, stroke: Stroke, colour: string): void {
  ctx.beginPath();
  for (let i = 0; i + 1 < stroke.p.length; i += 2) {
    const [x, y] = toTable(pane, [stroke.p[i], stroke.p[i + 1]]);
    if (i === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  }
  ctx.lineCap = ctx.lineJoin = 'round';
  ctx.strokeStyle = theme.paper;
  ctx.lineWidth = 9;
  ctx.globalAlpha = 0.7;
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 4.5;
  ctx.stroke();
}

/** The line under the pen, and its partners on the other key. */
function drawHover(ctx: CanvasRenderingContext2D, pane: Pane): void {
  const cross = hand.cross;
  if (!cross || cross.pane === 2 || model.mode !== 'pair' || !model.pair) return;
  const found = nearest(cross.pane, cross.at, reach(paneOf(cross.pane)));
  if (!found) return;
  const own = strokesOf(cross.pane), other = strokesOf(cross.pane === 0 ? 1 : 0);
  if (pane.id === cross.pane) return strokeLine(ctx, pane, own[found.id], kOnPaper.accent);
  if (pane.id === 2) return;
  for (const id of new Set(own[found.id].m)) if (id >= 0 && other[id]) strokeLine(ctx, pane, other[id], kOnPaper.accent);
}

export function drawGesture(ctx: CanvasRenderingContext2D, pane: Pane): void {
  drawHover(ctx, pane);
  for (const pick of hand.picks) {
    if (pick.pane !== pane.id) continue;
    const [x, y] = toTable(pane, pick.at);
    ctx.fillStyle = kOnPaper.accent;
    ctx.strokeStyle = theme.paper;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.arc(x, y, 6, 0, 7);
    ctx.fill();
    ctx.stroke();
  }
  if (hand.part && pane.id === 0) {
    const [x, y] = toTable(pane, hand.part);
    ctx.strokeStyle = kOnPaper.accent;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.arc(x, y, 8, 0, 7);
    ctx.moveTo(x - 12, y);
    ctx.lineTo(x + 12, y);
    ctx.stroke();
  }
  if (hand.path.length > 0 && hand.pathPane === pane.id && (hand.down || hand.byKeys)) {
    ctx.beginPath();
    hand.path.forEach((p, i) => {
      const [x, y] = toTable(pane, p);
      if (i === 0) ctx.moveTo(x, y);
      else ctx.lineTo(x, y);
    });
    if (hand.byKeys && hand.cross) ctx.lineTo(...toTable(pane, hand.cross.at));
    ctx.strokeStyle = kOnPaper.accent;
    ctx.lineWidth = 2;
    ctx.setLineDash(model.tool === 'arc' ? [] : [6, 4]);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  drawArcs(ctx, pane);
  if (!hand.cross || hand.cross.pane !== pane.id || model.tool === 'pen') return;
  const [x, y] = toTable(pane, hand.cross.at);
  const arm = hand.keyboard ? 16 : 7, gap = hand.keyboard ? 4 : 2;
  ctx.strokeStyle = kOnPaper.accent;
  ctx.lineWidth = hand.keyboard ? 2 : 1;
  ctx.beginPath();
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    ctx.moveTo(x + dx * gap, y + dy * gap);
    ctx.lineTo(x + dx * arm, y + dy * arm);
  }
  ctx.stroke();
}

/** Arcs and lassos that were said before, where their tool is in the hand. */
function drawArcs(ctx: CanvasRenderingContext2D, pane: Pane): void {
  const keys = keysHere(), here = cel();
  if (!keys || !here) return;
  for (const fix of here.fixes) {
    const points = model.tool === 'arc' ? fix.path : model.tool === 'group' ? fix.lasso : undefined;
    if (fix.kind !== model.tool || !points || fix.drawings?.[0] !== keys[0].stem) continue;
    if (model.tool === 'group' && pane.id !== (fix.in === keys[0].stem ? 0 : 1)) continue;
    if (model.tool === 'arc' && pane.id !== 2) continue;
    ctx.beginPath();
    points.forEach((p, i) => {
      const [x, y] = toTable(pane, p);
      if (i === 0) ctx.moveTo(x, y);
      else ctx.lineTo(x, y);
    });
    if (model.tool === 'group') ctx.closePath();
    ctx.strokeStyle = kOnPaper.accent;
    ctx.globalAlpha = 0.6;
    ctx.lineWidth = 1.5;
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
}
