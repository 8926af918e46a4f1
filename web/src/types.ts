// The scene as the server publishes it (src/desk/scene.h), and corrections (src/cut/fixes_file.h).

export type Point = [number, number];

export interface Reason { what: string; at: Point; size: number; text: string }

export type Verdict = 'pass' | 'look' | 'draw';

export interface Drawing {
  stem: string;
  name: string;
  state: 'key' | 'inbetween' | 'needs-key';
  first: number;
  frames: number;
  from?: number;
  to?: number;
  t?: number;
  why?: string;
  reference?: boolean;
  approved?: boolean;
  settling?: boolean;
  judging?: boolean;
  paintStale?: boolean;
  line?: string;
  paint?: string;
  fixes?: string[];
  verdict?: Verdict;
  confidence?: number;
  reasons?: Reason[];
}

export interface Swatch { name: string; part: string; colour: string }

export interface Fix {
  id?: string;
  kind: string;
  time?: string;
  author?: string;
  drawings?: [string, string];
  drawing?: string;
  in?: string;
  a?: Point[];
  b?: Point[];
  at?: Point[] | Point;
  path?: Point[];
  lasso?: Point[];
  front?: Point;
  behind?: Point;
  t?: number;
  name?: string;
  style?: string;
  role?: string;
  what?: string;
}

export interface Cel {
  name: string;
  still: boolean;
  image?: string;
  drawings: Drawing[];
  at: number[];
  fixes: Fix[];
  lost: string[];
  swatches: Swatch[];
}

export interface Speech { first: number; frames: number; who: string; words: string }

/** What changes many times while the machine works. */
export interface Working {
  version: number;
  settled: boolean;
  job: { busy: boolean; step: string; done: number; total: number; error: string };
}

export interface Scene extends Working {
  id: string;
  title: string;
  fps: number;
  frames: number;
  size: [number, number];
  sound: string;
  video: string;
  cels: Cel[];
  speech: Speech[];
  notes: { what: string; text: string; cel: string }[];
}

export interface Stroke { ink: string; width: number; p: number[]; m: number[]; g: number[] }

export interface Pair { settled: boolean; a: Stroke[]; b: Stroke[] }

export interface Preview {
  picture: string;
  paint: boolean;
  drawings: string[];
  places: [number, number, number, number][];
}
