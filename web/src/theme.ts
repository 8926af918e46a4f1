// The colours of canvases, from the style sheet, so that light and dark are set in one place.
export interface Theme {
  desk: string; paper: string; edge: string; ink: string; faint: string; hair: string; band: string;
  accent: string; look: string; draw: string; before: string; after: string; stamp: string; face: string;
  u: number;  // the size of what is written, 1 on a screen of usual width
}

export let theme: Theme;

export function readTheme(): void {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string) => style.getPropertyValue('--' + name).trim();
  theme = {
    desk: get('desk'), paper: get('paper'), edge: get('edge'), ink: get('ink'), faint: get('faint'),
    hair: get('hair'), band: get('band'), accent: get('accent'), look: get('look'), draw: get('draw'),
    before: get('before'), after: get('after'), stamp: get('stamp'), face: getComputedStyle(document.body).fontFamily,
    u: parseFloat(style.fontSize) / 13,
  };
}

/** A font of the page, for canvases; `size` is that on a screen of usual width. */
export function font(size: number, weight = 400): string {
  return `${weight} ${size * theme.u}px ${theme.face}`;
}

/** A canvas as large as its place on the screen, in the screen's own pixels. */
export function fitCanvas(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const scale = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(canvas.clientWidth * scale));
  const height = Math.max(1, Math.round(canvas.clientHeight * scale));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const ctx = canvas.getContext('2d')!;
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  return ctx;
}

/** Paper is white by day and by night, and so are the pencils on it. */
export const kOnPaper = { before: '#1f6fb5', after: '#d9780f', look: '#b56a00', draw: '#a3195b', accent: '#1273c4', ink: '#26282b' };

/** Colours for strokes and groups that lie beside each other: told apart in every kind of colour vision. */
export const kTints = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#7f3c8d', '#a59b00'];

/** Adds a rectangle with round corners to the path. */
export function roundBox(ctx: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, r: number): void {
  ctx.beginPath();
  ctx.moveTo(x + r, y);
  ctx.arcTo(x + width, y, x + width, y + height, r);
  ctx.arcTo(x + width, y + height, x, y + height, r);
  ctx.arcTo(x, y + height, x, y, r);
  ctx.arcTo(x, y, x + width, y, r);
  ctx.closePath();
}
