/** A visitor's page and agents' consoles around a relay in memory, with what each of them was told. */

import type { AgentId } from '@alongside/protocol';
import type { StreamPosition } from '../src/agent-request.js';
import type { Bytes } from '../src/bytes.js';
import type { ContinuityStorage } from '../src/continuity.js';
import { WorkerEngine } from '../src/engine-port.js';
import type { FrameFault } from '../src/frame-fault.js';
import { FrameReceiver } from '../src/frame-receiver.js';
import type { ReceiverState } from '../src/frame-receiver-hooks.js';
import { FrameSender } from '../src/frame-sender.js';
import type {
  FrameSenderDeps,
  ReceivedIntent,
  SenderState,
  WatchingAgent,
} from '../src/frame-sender-hooks.js';
import type { PageAsset } from '../src/page-asset.js';
import type { SealingEngine } from '../src/sealing-engine.js';
import { createSealingEngine } from '../src/sealing-engine.js';
import { ManualClock } from './manual-clock.js';
import { RelayDouble } from './relay-double.js';
import { settle, until } from './until.js';
import { workerDouble } from './worker-double.js';

export const ENGAGEMENT = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e10';

/** A valid agent id that differs by number. */
export function agentId(number: number): AgentId {
  return `6f1c1f0e-2f55-4e7d-9a0b-${String(number).padStart(12, '0')}` as AgentId;
}

/** A tab's storage that outlives its pages. */
export function tabStorage(): ContinuityStorage & { readonly map: Map<string, string> } {
  const map = new Map<string, string>();
  return {
    map,
    get: (key) => map.get(key),
    set: (key, value) => void map.set(key, value),
    delete: (key) => void map.delete(key),
  };
}

/** A page whose events are numbers, and whose snapshot is the list of all numbers so far. */
export class VisitorPage {
  readonly sealed: Bytes[] = [];
  readonly numbers: unknown[] = [];
  readonly agents: WatchingAgent[] = [];
  readonly intents: ReceivedIntent[] = [];
  readonly wants: { readonly slot: number; readonly hashes: readonly string[] }[] = [];
  readonly states: SenderState[] = [];
  readonly faults: FrameFault[] = [];
  readonly watched: boolean[] = [];
  readonly tooLargeFor: number[] = [];
  readonly engine: SealingEngine;
  readonly sender: FrameSender;
  snapshots = 0;
  /** Whether the recorder answers at once; otherwise a test calls `takeSnapshot`. */
  prompt = true;

  constructor(
    options: Pick<FrameSenderDeps, 'engine' | 'engagement' | 'mayWait'> & { readonly clock: ManualClock },
    storage?: ContinuityStorage,
  ) {
    const deps = options;
    this.engine = options.engine;
    this.sender = new FrameSender(storage === undefined ? deps : { ...deps, storage }, {
      onWatched: (watched) => this.watched.push(watched),
      onSnapshotWanted: () => {
        if (this.prompt) this.takeSnapshot();
      },
      onAgent: (agent) => this.agents.push(agent),
      onIntent: (intent) => this.intents.push(intent),
      onTooLarge: (slot) => this.tooLargeFor.push(slot),
      onWant: (want) => this.wants.push(want),
      onState: (state) => this.states.push(state),
      onFault: (fault) => this.faults.push(fault),
      onSealed: (frame) => this.sealed.push(frame),
    });
  }

  emit(...events: readonly unknown[]): void {
    this.numbers.push(...events);
    this.sender.send(events);
  }

  takeSnapshot(): boolean {
    this.snapshots += 1;
    return this.sender.snapshot([...this.numbers]);
  }
}

/** A console that shows what the page's numbers must be. */
export class AgentConsole {
  shown: unknown[] = [];
  snapshots = 0;
  readonly introductions: { readonly code: string; readonly continuity: string }[] = [];
  readonly states: ReceiverState[] = [];
  readonly faults: FrameFault[] = [];
  readonly assets: PageAsset[] = [];
  readonly answers: unknown[] = [];
  readonly refusedIntents: { readonly id: StreamPosition; readonly code: string }[] = [];
  readonly receiver: FrameReceiver;

  constructor(clock: ManualClock, storage?: ContinuityStorage, engagement = ENGAGEMENT) {
    const deps = { engagement, clock };
    this.receiver = new FrameReceiver(storage === undefined ? deps : { ...deps, storage }, {
      onIntroduced: (introduced) => this.introductions.push(introduced),
      onSnapshot: (events) => {
        this.snapshots += 1;
        this.shown = [...events];
      },
      onEvents: (events) => this.shown.push(...events),
      onAsset: (asset) => this.assets.push(asset),
      onAnswer: (body) => this.answers.push(body),
      onIntentRefused: (id, code) => this.refusedIntents.push({ id, code }),
      onState: (state) => this.states.push(state),
      onFault: (fault) => this.faults.push(fault),
    });
  }

  get state(): ReceiverState['state'] | undefined {
    return this.states.at(-1)?.state;
  }

  get code(): string | undefined {
    return this.introductions.at(-1)?.code;
  }
}

/** Everything in one place, with one visitor's page at a time. */
export class Channel {
  readonly clock = new ManualClock();
  readonly relay = new RelayDouble();
  /** What a page's events may be that wait for others. */
  mayWait: ((event: unknown) => boolean) | undefined;
  /** Whether pages seal in a worker, beside which their sockets lie. */
  hasWorkers = false;

  page(storage?: ContinuityStorage, engagement = ENGAGEMENT): VisitorPage {
    const engine = this.hasWorkers
      ? new WorkerEngine(
          workerDouble(() => this.relay.connect()),
          engagement,
        )
      : createSealingEngine({ engagement });
    return this.pageOn(engine, storage, engagement);
  }

  pageOn(engine: SealingEngine, storage?: ContinuityStorage, engagement = ENGAGEMENT): VisitorPage {
    const waiting = this.mayWait === undefined ? {} : { mayWait: this.mayWait };
    return new VisitorPage({ clock: this.clock, engine, engagement, ...waiting }, storage);
  }

  console(storage?: ContinuityStorage, engagement = ENGAGEMENT): AgentConsole {
    return new AgentConsole(this.clock, storage, engagement);
  }

  attachPage({ engine, sender }: VisitorPage): void {
    const pass = this.relay.pass(0);
    if (!(engine instanceof WorkerEngine)) sender.attach(this.relay.connect(), pass);
    else
      engine.openSocket('').then(
        (socket) => sender.attach(socket, pass),
        // The page was closed meanwhile, and its worker with it.
        () => undefined,
      );
  }

  attachConsole(console: AgentConsole, slot: number, agent = agentId(slot)): void {
    console.receiver.attach(this.relay.connect(), this.relay.pass(slot, agent));
  }

  /** Waits until the console shows exactly what the page has. */
  async converge(page: VisitorPage, console: AgentConsole): Promise<void> {
    await until(
      'the console shows the page',
      () => same(page.numbers, console.shown) && console.state === 'live',
    );
  }

  /** The same, with time going by meanwhile, so that what is paced or times out does. */
  async convergeInTime(page: VisitorPage, console: AgentConsole, withinMs: number): Promise<void> {
    for (let passedMs = 0; passedMs < withinMs; passedMs += 500) {
      await this.settle();
      if (same(page.numbers, console.shown) && console.state === 'live') return;
      this.clock.advance(500);
    }
    await this.converge(page, console);
  }

  async settle(): Promise<void> {
    await settle(() => this.relay.activity);
  }
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
}
