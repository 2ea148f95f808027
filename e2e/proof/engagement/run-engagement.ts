/** Plays one real engagement with two real browsers, and tells what was planted, sealed, sent and stored in it. */

import type { Control } from '../control.js';
import type { ServiceUnderProof } from '../service-under-proof.js';
import type { MediaBody, Wanted } from '../wanted.js';
import { annotate, change, changeLate, control } from './acting.js';
import { Arrivals } from './arrivals.js';
import type { Stage } from './channel.js';
import { Canaries, channels } from './channels.js';
import { part, stop } from './closing.js';
import { disconnect, misuse, slowDown, takeOver } from './disturbing.js';
import { holdKeys } from './held-keys.js';
import { readCalls } from './live-health.js';
import { faultsOfCall, searchable } from './media-counts.js';
import { Misuses } from './misuse.js';
import { arrive, share, talk } from './opening.js';
import type { BrowserUnderProof } from './participants.js';
import { Participants } from './participants.js';
import { createProofCustomer } from './proof-customer.js';
import { ProofPage } from './proof-page.js';
import { chooseWords, metadataControl } from './said.js';
import type { Length, Pace, Scene } from './scene.js';
import { paces } from './scene.js';
import { speak } from './speaking.js';
import { throwInHandlers } from './throwing.js';
import type { TimedStep } from './timed.js';
import { Timed } from './timed.js';

export type Ending =
  /** The visitor stops, both part, and the survey is answered. */
  | 'clean'
  /** `end` is called while the page is still seen, for whoever ends `live` by a signal there. */
  | 'kill'
  | 'abort';

export interface EngagementOptions {
  readonly service: ServiceUnderProof;
  readonly length: Length;
  readonly ending: Ending;
  readonly browser: BrowserUnderProof;
  /** Told where the visitor's page comes from, before anybody loads it: whoever listens to the network has to know. */
  readonly onPage?: (origin: string) => void;
  readonly onStep?: ((step: TimedStep) => void) | undefined;
  /** What was heard on the network of a call at these ports of `live`; undefined where nobody listens. */
  readonly packetsAt?: (ports: readonly number[]) => Promise<readonly MediaBody[]> | undefined;
  /** Called once, at the end of the script and with both browsers still there. */
  readonly end: (participants: Participants) => Promise<void>;
}

export interface EngagementRun {
  readonly wanted: Wanted;
  readonly controls: readonly Control[];
  /** Channels that were played, and of which none is known not to have got where it should. */
  readonly played: readonly string[];
  /** Sealed frames that senders have numbered, and those of them that are registered: less than 95 % fails. */
  readonly sentFrames: number;
  readonly registeredFrames: number;
  /** Senders' epochs seen on the wire. */
  readonly epochs: number;
  readonly steps: readonly TimedStep[];
  /** What could not be done here. */
  readonly notes: readonly string[];
  /** Each of these fails the run: a canary that never left, one that should not have, an epoch without its key. */
  readonly faults: readonly string[];
}

/** Whoever ends `live` by a signal leaves out what comes with the visitor's own stop. */
export function stagesPlayed(stages: ReadonlySet<Stage>, ending: Ending): ReadonlySet<Stage> {
  if (ending === 'clean') return stages;
  return new Set([...stages].filter((stage) => stage !== 'stopping' && stage !== 'after'));
}

export async function runEngagement(options: EngagementOptions): Promise<EngagementRun> {
  const { service } = options;
  const canaries = new Canaries();
  const proofPage = await ProofPage.serve(canaries);
  options.onPage?.(proofPage.origin);
  try {
    const timed = new Timed(options.onStep);
    const [customer, participants, calls] = await timed.run('prepare', () =>
      Promise.all([
        createProofCustomer(service.origins.console, proofPage.origin),
        Participants.open(options.browser, service, canaries),
        readCalls(service),
      ]),
    );
    participants.watchAgent(proofPage.origin);
    proofPage.embed({ consoleOrigin: service.origins.console, siteKey: customer.siteKey });
    const words = chooseWords();
    const scene: Scene = {
      ...{ service, customer, proofPage, participants, canaries },
      arrivals: new Arrivals(canaries),
      misuses: new Misuses(participants, canaries, service.origins.live),
      pace: paceOf(options.length, calls),
      said: words.said,
      call: { bodies: [], ports: new Set() },
      unplanted: [],
      notes:
        calls === 'ready' || options.length === 'mutants'
          ? []
          : [`No call was made: the media worker is ${calls}.`],
      faults: [],
    };
    try {
      await play(scene, options, timed);
      const controls = [
        ...words.controls(options.ending === 'clean'),
        metadataControl(participants.engagementId),
      ];
      return { ...(await judge(scene, options)), controls, steps: timed.steps };
    } finally {
      await participants.leave();
    }
  } finally {
    proofPage.close();
  }
}

function paceOf(length: Length, calls: string): Pace {
  const pace = paces[length];
  if (calls === 'ready') return pace;
  const stages = new Set(pace.stages);
  stages.delete('call');
  return { ...pace, stages };
}

async function play(scene: Scene, { ending, end }: EngagementOptions, timed: Timed): Promise<void> {
  const { stages } = scene.pace;
  const when = (stage: Stage, step: () => Promise<void>) =>
    stages.has(stage) ? timed.run(stage, step) : undefined;
  await timed.run('arrive', () => arrive(scene));
  await timed.run('talk', () => talk(scene));
  await timed.run('share', () => share(scene));
  const changing = change(scene);
  await when('change', () => changeLate(scene));
  await when('control', () => control(scene));
  await when('annotation', () => annotate(scene));
  await timed.run('rest of the change', () => changing);
  await when('call', () => speak(scene));
  await when('slow', () => slowDown(scene));
  await when('partition', () => disconnect(scene));
  await when('hostile', () => misuse(scene));
  await when('hostile', () => takeOver(scene));
  await when('faults', () => throwInHandlers(scene));
  if (ending === 'clean') {
    await timed.run('stop', () => stop(scene));
    await timed.run('part', () => part(scene));
  } else {
    await scene.arrivals.read(scene.participants.agent);
  }
  await timed.run('end', () => end(scene.participants));
}

async function judge(
  scene: Scene,
  { packetsAt, ending }: EngagementOptions,
): Promise<Omit<EngagementRun, 'controls' | 'steps'>> {
  const { participants, proofPage, canaries, arrivals, pace, call, notes, faults, unplanted } = scene;
  const { tap, keys } = participants;
  const { engagementId } = participants;
  const played = stagesPlayed(pace.stages, ending);
  const lost = new Set([
    ...arrivals.missing(played),
    ...participants.departures.missing(played),
    ...unplanted,
  ]);
  const packets = pace.stages.has('call') ? await packetsAt?.([...call.ports]) : undefined;
  const media = [...call.bodies, ...(packets ?? [])];
  const { epochs, unheld } = await holdKeys(tap.frames, keys.keys, engagementId);
  return {
    wanted: {
      canaries: canaries.all,
      bodies: tap.frames.map(({ body }) => body),
      keys: keys.keys,
      media: searchable(media),
    },
    played: channels
      .filter(({ name, stage }) => played.has(stage) && !lost.has(name))
      .map(({ name }) => name),
    sentFrames: tap.sent,
    registeredFrames: tap.frames.length,
    epochs,
    notes,
    faults: [
      ...faults,
      ...arrivals.missing(played).map((channel) => `It never arrived: ${channel}.`),
      ...participants.departures.missing(played).map((channel) => `It was never sent: ${channel}.`),
      ...unplanted.map((channel) => `The page could not plant: ${channel}.`),
      ...proofPage.strangers.map(
        (site) => `The visitor's page was asked for something from elsewhere: ${site}.`,
      ),
      ...participants.askedByAgent.map((kind) => `The agent's browser asked the visitor's site: ${kind}.`),
      ...(pace.stages.has('call') ? faultsOfCall(media, { onWire: packets !== undefined }) : []),
      ...arrivals.strays.map((channel) => `It left the page: ${channel}.`),
      ...unheld.map((epoch) => `None of the keys opens what was sealed by ${epoch}.`),
    ],
  };
}
