/** What is registered of a call, counted for the report, and what has to be for the run to prove anything. */

import type { MediaBody } from '../wanted.js';

export interface MediaCount {
  /** For a person, as `voice sent by the visitor`. */
  readonly what: string;
  readonly pieces: number;
  readonly bytes: number;
}

/** Less cannot be told from chance: pieces of silence. */
export const SHORTEST_BYTES = 12;
/** What a browser has taken and no other has sent would show that the spies hear something else than the call. */
const SAME = 0.9;

const wantedOnWire = ['packet received by live', 'packet sent by live'];
const wantedInBrowsers = [
  'voice sent by the visitor',
  'voice received by the agent',
  'picture sent by the visitor',
  'picture received by the agent',
  'voice sent by the agent',
  'voice received by the visitor',
];

export function countMedia(media: readonly MediaBody[]): readonly MediaCount[] {
  const counts = new Map<string, MediaCount>();
  for (const { who, way, kind, bytes } of searchable(media)) {
    const what = `${kind} ${way} by ${who === 'live' ? 'live' : `the ${who}`}`;
    const { pieces, bytes: sum } = counts.get(what) ?? { pieces: 0, bytes: 0 };
    counts.set(what, { what, pieces: pieces + 1, bytes: sum + bytes.length });
  }
  return [...counts.values()];
}

export function searchable(media: readonly MediaBody[]): readonly MediaBody[] {
  return media.filter(({ bytes }) => bytes.length >= SHORTEST_BYTES);
}

/** A call of which nothing is registered in one direction was not looked for. `onWire`: somebody listened there. */
export function faultsOfCall(
  media: readonly MediaBody[],
  { onWire }: { readonly onWire: boolean },
): readonly string[] {
  const counted = new Set(countMedia(media).map(({ what }) => what));
  const wanted = onWire ? [...wantedInBrowsers, ...wantedOnWire] : wantedInBrowsers;
  const missing = wanted.filter((what) => !counted.has(what));
  const strange = (['voice', 'picture'] as const).filter((kind) => isStrange(media, kind));
  return [
    ...missing.map((what) => `Nothing is registered of the call: ${what}.`),
    ...strange.map((kind) => `What the agent has received of the visitor's ${kind} is not what was sent.`),
  ];
}

function isStrange(media: readonly MediaBody[], kind: 'voice' | 'picture'): boolean {
  const of = (who: MediaBody['who'], way: MediaBody['way']) =>
    searchable(media)
      .filter((body) => body.who === who && body.way === way && body.kind === kind)
      .map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
  const sent = new Set(of('visitor', 'sent'));
  const received = of('agent', 'received');
  return received.filter((bytes) => sent.has(bytes)).length < received.length * SAME;
}
