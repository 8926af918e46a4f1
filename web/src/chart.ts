// The spacing chart as it is drawn beside a key: the keys at the ends, a tick where each drawing lies. Ticks
// are dragged; with a part chosen on the first key (tool "spacing"), only that part moves.
import { cel, changed, drawing, goTo, keysHere, model, say, tryOut } from './model';
import { fitCanvas, font, theme } from './theme';
import { again, hand } from './tools';
import { w } from './words';
import type { Drawing, Fix } from './types';

export const canvas = document.querySelector<HTMLCanvasElement>('#chart canvas')!;
const kTop = 46, kBottom = 26;  // px on a screen of usual width, as all sizes here
const top = () => kTop * theme.u;
const x0 = () => 64 * theme.u;  // of the ruler
let dragged: Drawing | null = null;

export function between(): Drawing[] {
  const keys = keysHere(), here = cel();
  if (!keys || !here) return [];
  const [from, to] = keys.map((k) => here.drawings.indexOf(k));
  return here.drawings.filter((d) => d.from === from && d.to === to).sort((a, b) => a.t! - b.t!);
}

function span(): number {
  return canvas.clientHeight - (kTop + kBottom) * theme.u;
}

function tOf(d: Drawing): number {
  return d === drawing() && model.draftT !== null ? model.draftT : d.t!;
}

export function spacingFix(d: Drawing, t: number): Fix {
  const fix: Fix = { kind: 'spacing', drawing: d.stem, t: Math.round(t * 1000) / 1000 };
  return hand.part ? { ...fix, at: [hand.part] } : fix;
}

/** The number of a drawing as the sheet says it, without the cel's name. */
export function numberOf(d: Drawing): string {
  return d.name.replace(/^[A-Za-z_]*0*(?=\d)/, '');
}

export function drawChart(): void {
  const kX = x0(), u = theme.u;
  const ctx = fitCanvas(canvas);
  const keys = keysHere();
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.font = font(11, 600);
  ctx.fillStyle = theme.faint;
  ctx.fillText(w('chart') + (hand.part ? ' · ' + w('group') : ''), 14 * u, 9 + 9 * u);
  if (!keys) return;
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.5 * u;
  ctx.beginPath();
  ctx.moveTo(kX, top());
  ctx.lineTo(kX, top() + span());
  ctx.stroke();
  keys.forEach((key, end) => {
    const y = top() + end * span();
    ctx.strokeStyle = end === 0 ? theme.before : theme.after;
    ctx.fillStyle = theme.ink;
    ctx.lineWidth = 2 * u;
    ctx.beginPath();
    ctx.moveTo(kX - 16 * u, y);
    ctx.lineTo(kX + 16 * u, y);
    ctx.stroke();
    ctx.beginPath();
    ctx.ellipse(kX - 34 * u, y, 13 * u, 10 * u, 0, 0, 7);
    ctx.stroke();
    ctx.textAlign = 'center';
    ctx.font = font(12, 600);
    ctx.fillText(numberOf(key), kX - 34 * u, y + 0.5);
  });
  const now = drawing();
  for (const d of between()) {
    const y = top() + tOf(d) * span(), here = d === now;
    ctx.strokeStyle = here ? theme.accent : theme.ink;
    ctx.lineWidth = (here ? 2.5 : 1.25) * u;
    ctx.beginPath();
    ctx.moveTo(kX - (here ? 14 : 9) * u, y);
    ctx.lineTo(kX + (here ? 14 : 9) * u, y);
    ctx.stroke();
    ctx.textAlign = 'left';
    ctx.fillStyle = here ? theme.accent : theme.ink;
    ctx.font = font(12, here ? 600 : 400);
    ctx.fillText(numberOf(d), kX + 24 * u, y + 0.5);
    ctx.fillStyle = theme.faint;
    ctx.font = font(11);
    ctx.fillText(tOf(d).toFixed(2).replace(/^0/, ''), kX + 52 * u, y + 0.5);
    if (d.approved || d.verdict === 'pass' || !d.verdict) continue;
    ctx.fillStyle = d.verdict === 'draw' ? theme.draw : theme.look;
    ctx.fillText(d.verdict === 'draw' ? '■' : '▲', kX + 84 * u, y + 0.5);
  }
  if (model.tool === 'depth' && model.until < 1) {
    const y = top() + model.until * span();
    ctx.strokeStyle = ctx.fillStyle = theme.accent;
    ctx.lineWidth = 1.5 * u;
    ctx.setLineDash([4 * u, 3 * u]);
    ctx.beginPath();
    ctx.moveTo(kX - 30 * u, y);
    ctx.lineTo(kX + 100 * u, y);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.textAlign = 'left';
    ctx.font = font(11, 600);
    ctx.fillText(`⇅ ${model.until.toFixed(2).replace(/^0/, '')}`, kX + 104 * u, y + 0.5);
  }
  if (now && model.draftT !== null) {
    ctx.fillStyle = theme.accent;
    ctx.textAlign = 'right';
    ctx.font = font(11);
    ctx.fillText(w('apply'), canvas.clientWidth - 12 * u, 9 + 9 * u);
  }
}

function tAt(event: PointerEvent): number {
  return Math.max(0.01, Math.min(0.99, (event.clientY - canvas.getBoundingClientRect().top - top()) / span()));
}

/** Moves the place at which a depth changes. */
function moveEnd(t: number): void {
  model.until = Math.round(100 * Math.max(0.02, Math.min(1, t))) / 100;
  again();
  changed();
}

/** Moves the drawing that stands along its chart; Enter keeps it. With the depth tool, where the depth changes. */
export function moveTick(by: number): void {
  if (model.tool === 'depth') return moveEnd(model.until + by);
  const now = drawing();
  if (!now || now.t === undefined) return;
  model.draftT = Math.max(0.01, Math.min(0.99, (model.draftT ?? now.t) + by));
  tryOut(spacingFix(now, model.draftT));
}

export function keepTick(): void {
  const now = drawing();
  if (!now || model.draftT === null) return;
  const fix = spacingFix(now, model.draftT);
  void say(model.draft?.kind === 'spacing' && model.draft.t === fix.t && model.draft.id ? { ...fix, id: model.draft.id } : fix);
}

export function bindChart(): void {
  canvas.addEventListener('pointerdown', (event) => {
    if (model.tool === 'depth') {
      canvas.setPointerCapture(event.pointerId);
      return moveEnd(tAt(event));
    }
    const t = tAt(event), near = between().sort((a, b) => Math.abs(a.t! - t) - Math.abs(b.t! - t))[0];
    if (!near || Math.abs(near.t! - t) * span() > 14) return;
    canvas.setPointerCapture(event.pointerId);
    dragged = near;
    goTo(model.cel, near);
  });
  canvas.addEventListener('pointermove', (event) => {
    const t = tAt(event);
    if (model.tool === 'depth' && (event.buttons & 1) !== 0) return moveEnd(t);
    canvas.classList.toggle('grab', between().some((d) => Math.abs(tOf(d) - t) * span() < 10));
    if (!dragged) return;
    model.draftT = t;
    tryOut(spacingFix(dragged, t));
  });
  canvas.addEventListener('pointerup', () => {
    if (dragged && model.draftT !== null && Math.abs(model.draftT - dragged.t!) > 0.004) keepTick();
    else model.draftT = null;
    dragged = null;
    changed();
  });
}

/** Where the tick of a drawing lies on the screen, for tests. */
export function tickAt(stem: string): [number, number] | null {
  const d = between().find((each) => each.stem === stem), box = canvas.getBoundingClientRect();
  return d ? [box.left + x0(), box.top + top() + d.t! * span()] : null;
}
