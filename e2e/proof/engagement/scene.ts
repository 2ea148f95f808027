/** What the parts of the script share: the people, the page, the customer, and what has been seen so far. */

import type { ServiceUnderProof } from '../service-under-proof.js';
import type { MediaBody } from '../wanted.js';
import type { Arrivals } from './arrivals.js';
import type { Stage } from './channel.js';
import type { Canaries } from './channels.js';
import type { Misuses } from './misuse.js';
import type { Participants } from './participants.js';
import type { ProofCustomer } from './proof-customer.js';
import type { ProofPage } from './proof-page.js';

export type Length = 'full' | 'short' | 'mutants' | 'call' | 'faults';

export interface Pace {
  readonly changeMs: number;
  readonly changesPerSecond: number;
  readonly slowMs: number;
  readonly partitionMs: number;
  /** A colleague comes in with a browser of their own, sees the page and goes. */
  readonly colleague?: true;
  readonly stages: ReadonlySet<Stage>;
}

const everyStage = [
  'page',
  'before',
  'change',
  'control',
  'annotation',
  'call',
  'slow',
  'partition',
  'hostile',
  'stopping',
  'after',
] as const satisfies readonly Stage[];

export const paces: Readonly<Record<Length, Pace>> = {
  full: {
    changeMs: 60_000,
    changesPerSecond: 30,
    // Longer than the relay waits for one that has a picture or a page to take in, shorter than until it is cut off.
    slowMs: 14_500,
    partitionMs: 10_000,
    colleague: true,
    stages: new Set(everyStage),
  },
  short: {
    changeMs: 6_000,
    changesPerSecond: 30,
    // Longer than the relay waits for what an agent owes it, from the sixteenth frame on: a busy page sends few.
    slowMs: 6_000,
    partitionMs: 1_500,
    colleague: true,
    stages: new Set(everyStage),
  },
  /** Enough frames for each planted leak to have some of its own. */
  mutants: {
    changeMs: 2_000,
    changesPerSecond: 60,
    slowMs: 0,
    partitionMs: 0,
    stages: new Set(['page', 'change', 'control', 'after']),
  },
  /** For a copy of which the handlers throw. */
  faults: {
    changeMs: 1_000,
    changesPerSecond: 30,
    slowMs: 0,
    partitionMs: 0,
    stages: new Set(['page', 'control', 'annotation', 'faults', 'after']),
  },
  /** For planted leaks of voice and picture. */
  call: {
    changeMs: 500,
    changesPerSecond: 30,
    slowMs: 0,
    partitionMs: 0,
    stages: new Set(['page', 'call']),
  },
};

/** Stored on purpose: what the detectors have to find. */
export interface Said {
  readonly line: string;
  readonly name: string;
  readonly topic: string;
  readonly answer: string;
}

export interface Scene {
  readonly service: ServiceUnderProof;
  readonly customer: ProofCustomer;
  readonly proofPage: ProofPage;
  readonly participants: Participants;
  readonly canaries: Canaries;
  readonly arrivals: Arrivals;
  readonly misuses: Misuses;
  readonly pace: Pace;
  readonly said: Said;
  /** Everything of voice and picture that either browser has sent or taken, and where `live` took and gave it. */
  readonly call: { readonly bodies: MediaBody[]; readonly ports: Set<number> };
  /** Channels that the page could not plant. */
  readonly unplanted: string[];
  /** What could not be done here, for the report. */
  readonly notes: string[];
  /** What went otherwise than it must: the run proves nothing or has shown a fault. */
  readonly faults: string[];
}
