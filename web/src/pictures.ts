// Pictures by the hash of their bytes, decoded once; and what is derived from them: tints, loud colours.

const kMost = 220;
const bitmaps = new Map<string, ImageBitmap>();
const coming = new Map<string, Promise<ImageBitmap | null>>();
const derived = new Map<string, HTMLCanvasElement>();
let arrived: () => void = () => undefined;

/** `then` is called whenever a picture that was asked for has come. */
export function whenPictures(then: () => void): void {
  arrived = then;
}

function keep<T>(map: Map<string, T>, name: string, value: T, most: number, drop?: (old: T) => void): T {
  map.delete(name);
  map.set(name, value);
  while (map.size > most) {
    const [oldest, old] = map.entries().next().value as [string, T];
    map.delete(oldest);
    drop?.(old);
  }
  return value;
}

export function load(name: string): Promise<ImageBitmap | null> {
  const known = bitmaps.get(name);
  if (known) return Promise.resolve(known);
  const running = coming.get(name);
  if (running) return running;
  const job = fetch('pixels/' + name)
    .then(async (answer) => (answer.ok ? createImageBitmap(await answer.blob()) : null))
    .catch(() => null)
    .then((bitmap) => {
      coming.delete(name);
      if (bitmap) keep(bitmaps, name, bitmap, kMost);
      arrived();
      return bitmap;
    });
  coming.set(name, job);
  return job;
}

export const has = (name: string): boolean => bitmaps.has(name);

/** The picture if it is here; asks for it if not. */
export function picture(name: string | undefined): ImageBitmap | null {
  if (!name) return null;
  const known = bitmaps.get(name);
  if (known) return keep(bitmaps, name, known, kMost);
  void load(name);
  return null;
}

const last = new Map<string, string>();

/** The picture of a place (a drawing's lines, say); until a new one has come, the one that was there before, so
 *  that the paper never blinks. */
export function pictureAt(place: string, name: string | undefined): ImageBitmap | null {
  const now = picture(name);
  if (now && name) last.set(place, name);
  if (now || !name) return now;
  const before = last.get(place);
  return before ? bitmaps.get(before) ?? null : null;
}

function canvas(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const made = document.createElement('canvas');
  made.width = width;
  made.height = height;
  return [made, made.getContext('2d', { willReadFrequently: false })!];
}

/** Lines on white in another colour: black becomes `colour`, white stays. For use with 'multiply'. */
export function tinted(name: string | undefined, colour: string): HTMLCanvasElement | null {
  const key = `${name} ${colour}`;
  const known = derived.get(key);
  if (known) return keep(derived, key, known, 32);
  const source = picture(name);
  if (!source) return null;
  const [made, ctx] = canvas(source.width, source.height);
  ctx.fillStyle = '#fff';
  ctx.fillRect(0, 0, made.width, made.height);
  ctx.drawImage(source, 0, 0);
  ctx.globalCompositeOperation = 'screen';
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, made.width, made.height);
  return keep(derived, key, made, 32);
}

// Neighbours of the list are far apart in lightness and in every kind of colour vision (Okabe and Ito 2008, and
// darker and paler kin).
const kLoud = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7', '#7f3c8d', '#80ba5a',
  '#b2182b', '#92c5de', '#8c510a', '#c7eae5', '#762a83', '#fee08b', '#1b7837', '#f4a582', '#3969ac', '#d9f0d3',
  '#543005', '#fde0ef', '#11a579', '#4d4d4d', '#a5aa99'];

const numberOf = (c: string) =>
  (0xff000000 | (parseInt(c.slice(5, 7), 16) << 16) | (parseInt(c.slice(3, 5), 16) << 8) | parseInt(c.slice(1, 3), 16)) | 0;

/** Paint in loud colours that no palette has, so that a leak or a wrong part cries out. A colour of the model has
 *  the same one in every drawing. */
export function loud(name: string | undefined, model: string[]): HTMLCanvasElement | null {
  const key = `loud ${name} ${model.join()}`;
  const known = derived.get(key);
  if (known) return keep(derived, key, known, 32);
  const source = picture(name);
  if (!source) return null;
  const [made, ctx] = canvas(source.width, source.height);
  ctx.drawImage(source, 0, 0);
  const data = ctx.getImageData(0, 0, made.width, made.height);
  const words = new Uint32Array(data.data.buffer);
  const seen = new Map<number, number>();
  const numbers = kLoud.map(numberOf);
  for (const colour of model) if (!seen.has(numberOf(colour))) seen.set(numberOf(colour), numbers[seen.size % numbers.length]);
  const kBlack = 0xff000000 | 0, kAsked = 0xffff00ff | 0;
  for (let i = 0; i < words.length; ++i) {
    const word = words[i] | 0;
    if (word >>> 24 === 0 || word === kBlack || word === kAsked) continue;
    let to = seen.get(word);
    if (to === undefined) seen.set(word, to = numbers[seen.size % numbers.length] | 0);
    words[i] = to;
  }
  ctx.putImageData(data, 0, 0);
  return keep(derived, key, made, 32);
}
