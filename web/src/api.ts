// What the page asks of the server. Everything stays on this machine.
import type { Fix, Pair, Preview, Scene, Working } from './types';

export interface Shown { cel: string; drawing: string }

/** A refusal in the server's own words. */
export class Refused extends Error {}

async function post<T>(path: string, body: unknown): Promise<T> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({ error: answer.statusText })) as T & { error?: string };
  if (!answer.ok) throw new Refused(said.error ?? answer.statusText);
  return said;
}

/** A name for a correction that no other has: said twice, it still counts once. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return 'd' + Date.now().toString(36) + [...bytes].map((b) => b.toString(36).padStart(2, '0')).join('');
}

const kPatience = 60;  // tries of half a second: the desk may just be starting again

/** Says a correction until it is known to be kept: a desk that was killed meanwhile is asked again. */
export async function sayFix(cel: string, fix: Fix, shown: Shown): Promise<string> {
  for (let i = 0; ; ++i) {
    try {
      return (await post<{ id: string }>('fix', { cel, fix, shown })).id;
    } catch (error) {
      if (error instanceof Refused || i === kPatience) throw error;
      await new Promise((go) => setTimeout(go, 500));
    }
  }
}

export const preview = (cel: string, fix: Fix, shown: Shown) => post<Preview>('preview', { cel, fix, shown });
export const undo = (cel: string, id: string, shown: Shown) => post<{ fix: Fix }>('undo', { cel, id, shown });
export const approve = (cel: string, fix: Fix, line: string, paint: string) =>
  post<{ id: string }>('approve', { cel, fix, line, paint });
export const makeVideo = () => post<object>('video', {});

export async function strokes(cel: string, from: string, to: string): Promise<Pair> {
  const answer = await fetch(`strokes?${new URLSearchParams({ cel, from, to })}`);
  if (!answer.ok) throw new Refused((await answer.json()).error);
  return answer.json();
}

/** Calls `seen` with every new scene and `working` with how far the machine is; reconnects by itself. */
export function listen(seen: (scene: Scene) => void, working: (job: Working) => void,
  there: (connected: boolean) => void): void {
  const events = new EventSource('events');
  events.addEventListener('job', (event) => working(JSON.parse((event as MessageEvent<string>).data)));
  events.addEventListener('scene', (event) => seen(JSON.parse((event as MessageEvent<string>).data)));
  events.onopen = () => there(true);
  events.onerror = () => {
    there(false);
    if (events.readyState === EventSource.CLOSED) setTimeout(() => listen(seen, working, there), 1000);
    if (events.readyState === EventSource.CLOSED) events.close();
  };
}
