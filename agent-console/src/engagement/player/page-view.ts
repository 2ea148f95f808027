/** One agent's view of one visitor's page: frames in, checked, and posted to the replay; intents out. */

import type { Continuity, PageAsset, ReceiverState } from '@alongside/frames';
import { FrameReceiver, openFrameSocket, sessionContinuity, systemClock } from '@alongside/frames';
import type { EngagementId, IntentAnswer, IntentBody, VisitorTab } from '@alongside/protocol';
import { olderForm, parseIntentAnswer } from '@alongside/protocol';
import type { Failure } from '../../app/failure.js';
import { isWorthRetrying } from '../../app/failure.js';
import { Store } from '../../app/store.js';
import type { LiveConnection } from '../../live/live-connection.js';
import { OtherPointers } from '../control/other-pointers.js';
import { PageMarks } from '../control/page-marks.js';
import { AssetShelf } from './asset-shelf.js';
import type { Checked } from './event-grammar.js';
import { checkEvents, checkSnapshot } from './event-grammar.js';
import type { GrammarFault } from './event-limits.js';
import { IntentAnswers, type IntentOutcome } from './intent-answers.js';
import type { ReplayPort } from './replay-port.js';
import type { VisitorTrip } from './visitor-trip.js';
import { watchSleep } from './watch-sleep.js';

export interface PageViewState {
  readonly receiver: ReceiverState['state'] | 'opening';
  /** Something of the page is on the screen, be it as it was. */
  readonly shown: boolean;
  readonly code?: { readonly digits: string; readonly continuity: Continuity };
  /** The visitor's device is so busy that the page comes later than it should. */
  readonly isLagging?: boolean;
  /** The visitor is asked whether something that this agent has begun may happen. */
  readonly isAsking?: boolean;
  /** What came last cannot be shown, or was too large to come: what is on the screen is not the page. */
  readonly fault?: GrammarFault | 'tooLarge';
  readonly failure?: Failure;
}

export interface PageViewDeps {
  readonly engagementId: EngagementId;
  readonly live: Pick<LiveConnection, 'send'>;
  readonly replay: ReplayPort;
  readonly trip: VisitorTrip;
}

const RETRY_MS = [300, 1000, 2000, 4000] as const;
/** A page that cannot be shown is asked for again so many times, and then only now and then: it may have changed. */
const QUICK_RESTARTS = 5;
const RARELY_MS = 60_000;

export class PageView {
  readonly state = new Store<PageViewState>({ receiver: 'opening', shown: false });
  readonly marks = new PageMarks();
  /** Where the other agents point. */
  readonly pointers = new OtherPointers();
  /** As the page in front knows them; which one that is changes with it. */
  readonly tabs = new Store<readonly VisitorTab[]>([]);
  readonly #deps: PageViewDeps;
  readonly #answers = new IntentAnswers();
  readonly #shelf: AssetShelf;
  /** Which nodes of the shown page are style. */
  readonly #styles = new Set<number>();
  #receiver: FrameReceiver;
  #attempts = 0;
  #restarts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;
  readonly #stopWatch = watchSleep(() => this.#receiver.slept());
  #closed = false;

  constructor(deps: PageViewDeps) {
    this.#deps = deps;
    this.#shelf = new AssetShelf({
      want: (hashes) => void this.#receiver.want(hashes),
      deliver: (asset) => {
        deps.replay.post({ kind: 'asset', ...asset }, [asset.bytes.buffer]);
      },
    });
    this.#receiver = this.#createReceiver();
  }

  start(): void {
    void this.#open();
  }

  /** Another window of this agent shows the page: from now on this one does. */
  showHere(): void {
    this.#clear('failure');
    this.start();
  }

  close(how: { readonly ended: boolean }): void {
    this.#closed = true;
    this.#stopWatch();
    clearTimeout(this.#timer);
    clearTimeout(this.#later);
    this.#shelf.close();
    this.#answers.close();
    this.marks.clear();
    this.pointers.clear();
    this.#receiver.close(how);
  }

  /** Seals and sends an intent; resolves with what the visitor's page made of it, or why it never got there. */
  async act(body: IntentBody, lease: number): Promise<IntentOutcome> {
    const seen = this.#receiver.position;
    if (seen === undefined) return { outcome: 'unsent' };
    const mayBeUnread = body.kind === 'draw' && olderForm(body.mark) !== undefined;
    const awaited = this.#answers.expect(body.ref, mayBeUnread);
    const sent = await this.#receiver.sendIntent({ kind: body.kind, lease, seen, body });
    if (!sent.ok) this.#answers.give(body.ref, { outcome: 'unsent' });
    return awaited;
  }

  /** The replay could not play what it was given. */
  showAgain(): void {
    this.#change({ fault: 'malformed' });
    this.#restart();
  }

  nextRef(): number {
    return this.#answers.nextRef();
  }

  #answered(answer: IntentAnswer | undefined): void {
    if (answer?.outcome === 'marked') this.marks.received(answer);
    else if (answer?.outcome === 'pointed') this.pointers.received(answer);
    else if (answer?.outcome === 'lagging') this.#change({ isLagging: answer.lagMs > 0 });
    else if (answer?.outcome === 'asking') this.#change({ isAsking: answer.open });
    else if (answer?.outcome === 'tooLarge') this.#change({ fault: 'tooLarge' });
    else if (answer?.outcome === 'tabs') this.tabs.set(answer.tabs);
    else if (answer?.outcome === 'trip') this.#deps.trip.told(answer.away);
    else this.#answers.received(answer);
  }

  #createReceiver(): FrameReceiver {
    const storage = sessionContinuity();
    return new FrameReceiver(
      {
        engagement: this.#deps.engagementId,
        clock: systemClock,
        ...(storage === undefined ? {} : { storage }),
      },
      {
        onIntroduced: ({ code, continuity }) => {
          // Another page has other elements; this one's page tells anew what is drawn on it.
          this.marks.clear();
          this.pointers.clear();
          this.#change({ code: { digits: code, continuity }, isLagging: false, isAsking: false });
        },
        onSnapshot: (events) => this.#show('snapshot', checkSnapshot(events, this.#styles)),
        onEvents: (events) => this.#show('events', checkEvents(events, this.#styles)),
        onAsset: (asset: PageAsset) => this.#shelf.received(asset),
        onAnswer: (answer) => this.#answered(parseIntentAnswer(answer)),
        onState: (state) => this.#stateChanged(state),
        // A frame that does not open is dropped there; what is missing is asked for again there as well.
        onFault: () => undefined,
      },
    );
  }

  async #open(): Promise<void> {
    if (this.#closed) return;
    const receiver = this.#receiver;
    const passed = await this.#deps.live.send('frames:pass', { engagementId: this.#deps.engagementId });
    if (this.#closed || receiver !== this.#receiver) return;
    if (!passed.ok) return this.#failed(passed.failure);
    try {
      const socket = await openFrameSocket(passed.value.url);
      if (this.#closed || receiver !== this.#receiver) socket.close();
      else receiver.attach(socket, passed.value.pass);
    } catch {
      // The socket did not open: the same as a lost one.
      this.#failed({ code: 'unreachable' });
    }
  }

  #stateChanged(state: ReceiverState): void {
    if (this.#closed) return;
    this.#change({ receiver: state.state });
    this.#deps.trip.follow(state.state);
    if (state.state === 'live') {
      this.#attempts = 0;
      this.#clear('failure');
    }
    if (state.state === 'broken') this.#restart();
    if (state.state !== 'ended') return;
    this.#failed(state.end.cause === 'refused' ? { code: state.end.code } : { code: 'unreachable' });
  }

  #failed(failure: Failure): void {
    if (this.#closed) return;
    this.#change({ failure });
    const isPassTrouble = failure.code === 'passUnknown' || failure.code === 'notAdmitted';
    const mayRetry = isPassTrouble || failure.code === 'wrongState' || isWorthRetrying(failure);
    if (!mayRetry) return;
    const inMs = RETRY_MS[Math.min(this.#attempts, RETRY_MS.length - 1)] ?? 4000;
    this.#attempts += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), inMs);
  }

  #show(kind: 'snapshot' | 'events', checked: Checked): void {
    if (!checked.ok) {
      this.#change({ fault: checked.fault });
      this.#restart();
      return;
    }
    // Changes of a page that is not shown would be made to another one.
    if (kind === 'events' && this.state.value.fault !== undefined) return;
    if (kind === 'snapshot') this.#clear('fault');
    this.#shelf.need(checked);
    this.#deps.replay.post({ kind, events: checked.events });
    if (kind === 'snapshot') this.#change({ shown: true });
  }

  /** A receiver of its own begins with a whole page; what was shown stays until then. */
  #restart(): void {
    if (this.#closed) return;
    if (this.#restarts >= QUICK_RESTARTS) {
      this.#later ??= setTimeout(() => this.#restartRarely(), RARELY_MS);
      return;
    }
    this.#restarts += 1;
    const old = this.#receiver;
    this.#receiver = this.#createReceiver();
    // Not from within a call of its own hooks.
    queueMicrotask(() => old.close({ ended: false }));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), RETRY_MS[1]);
  }

  /** The visitor's next page has come meanwhile, or this one is tried once more. */
  #restartRarely(): void {
    this.#later = undefined;
    const { fault, receiver } = this.state.value;
    if (fault === undefined && receiver !== 'broken') return;
    this.#restarts -= 1;
    this.#restart();
  }

  #change(change: Partial<PageViewState>): void {
    if (!this.#closed) this.state.update((state) => ({ ...state, ...change }));
  }

  #clear(...names: readonly ('failure' | 'fault')[]): void {
    const next: { -readonly [K in keyof PageViewState]: PageViewState[K] } = { ...this.state.value };
    for (const name of names) delete next[name];
    this.state.set(next);
  }
}
