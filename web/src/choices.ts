// What the tool in the hand is set to: the bucket's colour, a trace line's role, the name of a group, how far a
// depth holds. Chosen by a press, by its number, or stepped through.
import { cel, changed, model } from './model';
import { between, numberOf } from './chart';
import { again } from './tools';
import { w, type Word } from './words';

export interface Choice {
  word: string;
  title: string;
  on: boolean;
  colour?: string;              // of a dot before the word; '': clear
  data: [string, string];       // an attribute by which tests find it
  choose: () => void;
}

/** What a group may be called so that it is an eye, or a part of one, and blinks (docs/inbetween.md, Eyes). */
const kEyes = [...['L', 'R'].flatMap((side) => ['upper-lid', 'lower-lid', 'iris', 'highlight'].map((part) => [side, part])),
  ['L', 'whole'], ['R', 'whole']];

function colours(): Choice[] {
  const swatches = [...(cel()?.swatches ?? []), { name: 'background', part: '', colour: '' }];
  if (!swatches.some((s) => s.name === model.style)) model.style = (swatches.find((s) => s.part !== 'line') ?? swatches[0]).name;
  return swatches.map((s) => ({
    word: s.colour ? s.name : w('background'), title: `${s.name} ${s.part}`, on: model.style === s.name, colour: s.colour,
    data: ['style', s.name], choose: () => { model.style = s.name; },
  }));
}

function roles(): Choice[] {
  return ['shadow', 'highlight', 'shadow2', 'normal'].map((role) => ({
    word: w(('role_' + role) as Word), title: role, on: model.role === role, data: ['role', role],
    choose: () => { model.role = role; },
  }));
}

function parts(): Choice[] {
  return [['', ''], ...kEyes].map(([side, part]) => {
    const name = !part ? '' : part === 'whole' ? `eye ${side}` : `eye ${side} ${part}`;
    return { word: part ? `${w(('eye_' + side) as Word)} ${w(('eye_' + part) as Word)}` : w('moves_together'), title: name,
      on: model.part === name, data: ['part', name] as [string, string], choose: () => { model.part = name; } };
  });
}

/** All the way, or until a drawing: half way to the one after it the two change places. */
function ends(): Choice[] {
  const list = between();
  return [{ word: w('all_the_way'), title: '', on: model.until === 1, data: ['until', ''] as [string, string], choose: () => { model.until = 1; } },
    ...list.map((d, i) => {
      const t = Math.round(500 * (d.t! + (list[i + 1]?.t ?? 1))) / 1000;
      return { word: `${w('until')} ${numberOf(d)}`, title: d.stem, on: model.until === t,
        data: ['until', d.stem] as [string, string], choose: () => { model.until = t; } };
    })];
}

export function choices(): Choice[] {
  switch (model.tool) {
    case 'paint_style': return colours();
    case 'trace_role': return roles();
    case 'group': return parts();
    case 'depth': return ends();
    default: return [];
  }
}

export function choose(choice: Choice | undefined): void {
  if (!choice) return;
  choice.choose();
  again();
  changed();
}

/** The next choice to a side; after the last the first. */
export function stepChoice(by: number): void {
  const list = choices(), at = list.findIndex((c) => c.on);
  if (list.length) choose(list[(at + by + list.length) % list.length]);
}
