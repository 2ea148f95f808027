/** One expert's visit: let in once by the link, in the call for as long as it lasts, and over for a reason that is told. */

import type { CallRole } from '@alongside/engagement';
import type {
  AgentId,
  EngagementId,
  ExpertFacts,
  ExpertJoined,
  ExpertView,
  SessionEndReason,
} from '@alongside/protocol';
import { expertLinkEnds } from '@alongside/protocol';
import type { Failure } from '../app/failure.js';
import { unreachable } from '../app/failure.js';
import { Store } from '../app/store.js';
import { CallClient } from '../engagement/call/call-client.js';
import { type KeptPass, LiveConnection } from '../live/live-connection.js';
import { request } from '../session/api.js';
import { forgetPlace, keepPlace } from './kept-place.js';

/** Why there is nothing more to do here; a link's ends, and a visit's. `lost`: been in, with nothing to come back by. */
const ends = [
  ...expertLinkEnds,
  ...(['wrong', 'left', 'removed', 'notLetIn', 'elsewhere', 'lost', 'unsupported'] as const),
] as const;
export type VisitEnd = (typeof ends)[number];

export type VisitState =
  | { readonly stage: 'link' }
  | { readonly stage: 'joining' }
  | { readonly stage: 'in'; readonly view: ExpertView; readonly connected: boolean }
  | { readonly stage: 'over'; readonly why: VisitEnd }
  /** Nothing was spent by it, or it may be tried again. */
  | { readonly stage: 'failed'; readonly failure: Failure };

/** Kept with the address, so that a link whose answer came to this tab is not told as used by somebody else. */
const ANSWERED = { answered: true } as const;

export function wasAnswered(): boolean {
  return (history.state as Partial<typeof ANSWERED> | null)?.answered === true;
}

/** How the visit ended that this tab was at before it was loaded anew. */
export function endBefore(): VisitEnd | undefined {
  const over = (history.state as { readonly over?: unknown } | null)?.over;
  return ends.find((each) => each === over);
}

/** One of the two brings whoever comes in. */
export interface WayIn {
  readonly engagementId: EngagementId;
  readonly secret?: string;
  readonly pass?: KeptPass;
  /** With the pass: whether their microphone was on. */
  readonly microphone?: boolean;
}

export class ExpertVisit {
  readonly state = new Store<VisitState>({ stage: 'link' });
  readonly call: CallClient;
  readonly #way: WayIn;
  readonly #live: LiveConnection<ExpertFacts>;
  /** Been in: from then on the link is good no more. */
  #isSpent: boolean;
  #pass: KeptPass | undefined;
  #leaving = false;

  constructor(way: WayIn) {
    this.#way = way;
    this.#isSpent = way.secret === undefined;
    this.#pass = way.pass;
    this.#live = this.#connection();
    this.call = new CallClient({ engagementId: way.engagementId, live: this.#live });
    this.#live.state.subscribe(() => this.#followed());
    this.call.state.subscribe(() => this.#keep());
    // Told what somebody who listens is told: nothing is given until they press for it.
    if (way.microphone === false) this.call.follow({ state: 'off' }, 'listen');
    if (way.pass !== undefined) this.join();
  }

  join(): void {
    // Tried again where it was refused before.
    if (this.#live.state.value.state === 'refused') this.#live.stop();
    this.state.set({ stage: 'joining' });
    this.#live.start();
  }

  /** Nothing is given or heard from here on; out of the call once that is heard, however long the line is away. */
  async leave(): Promise<void> {
    this.#leaving = true;
    this.call.close();
    const left = await this.#live.send('call:leave', { engagementId: this.#way.engagementId });
    if (left.ok || left.failure.code !== 'unreachable') this.#end('left');
  }

  #connection(): LiveConnection<ExpertFacts> {
    const { pass } = this.#way;
    return new LiveConnection<ExpertFacts>(
      () => this.#ticket(),
      {
        'session:opened': ({ expert, calls }) => {
          this.#isSpent = true;
          // It need not stand in the address, nor in the list of pages that were open.
          history.replaceState(null, '', '/expert');
          if (this.#leaving) return void this.leave();
          const isBack = this.state.value.stage === 'in';
          this.#show(expert);
          if (isBack) this.call.reconnected();
          if (calls.state === 'ready') this.call.callsReady();
        },
        'session:statusChanged': ({ calls }) => {
          if (calls.state === 'ready') this.call.callsReady();
        },
        'session:ended': ({ reason }) => this.#end(this.#leaving ? 'left' : endOf(reason)),
        'expert:changed': ({ expert }) => this.#show(expert),
        'call:produced': ({ producer }) => this.call.produced(producer),
        'call:producerChanged': ({ producer }) => this.call.producerChanged(producer),
        'call:producerClosed': ({ producerId }) => this.call.producerClosed(producerId),
        'call:keysPassed': ({ step }) => this.call.keysPassed(step),
        'call:lost': () => this.call.lost(),
      },
      {
        namespace: '/expert',
        pass,
        onPass: (kept) => {
          this.#pass = kept;
          this.#keep();
        },
      },
    );
  }

  #keep(): void {
    const { engagementId } = this.#way;
    const { state } = this.call.state.value.microphone;
    if (this.#pass === undefined) forgetPlace();
    else keepPlace({ ...this.#pass, engagementId, microphone: state === 'on' });
  }

  /** Good until they are in: an answer, or a connection, that was lost is asked for again. */
  async #ticket() {
    const { secret } = this.#way;
    if (this.#isSpent) {
      this.#end(this.#leaving ? 'left' : 'lost');
      return unreachable;
    }
    const isAgain = wasAnswered();
    const joined = await request<ExpertJoined>('POST', '/experts/join', { body: { secret } });
    if (joined.ok) history.replaceState({ ...ANSWERED }, '');
    else if (isAgain && joined.failure.detail === 'used') this.#end('lost');
    return joined;
  }

  #show(view: ExpertView): void {
    if (this.#leaving) return;
    this.state.set({ stage: 'in', view, connected: true });
    const { callId, since } = view;
    const on = { state: 'on', callId, since, visitorVoice: true, visitorVideo: true } as const;
    const role: CallRole = view.noticed ? 'expert' : 'announced';
    this.call.follow(on, role);
  }

  #followed(): void {
    const link = this.#live.state.value;
    const state = this.state.value;
    if (state.stage === 'over') return;
    if (link.state === 'refused') {
      if (isLinkEnd(link.failure) || link.failure.code === 'notFound') this.#end(linkEndOf(link.failure));
      else this.state.set({ stage: 'failed', failure: link.failure });
      return;
    }
    if (state.stage === 'in') this.state.set({ ...state, connected: link.state === 'open' });
  }

  #end(why: VisitEnd): void {
    if (this.state.value.stage === 'over') return;
    this.state.set({ stage: 'over', why });
    // Told again where the page is loaded anew.
    history.replaceState({ over: why }, '', '/expert');
    this.call.close();
    this.#live.stop();
  }
}

/** Of who a name belongs to in the call; the visitor has none here. */
export function nameIn({ people }: ExpertView, agentId: AgentId | undefined): string | undefined {
  return people.find((each) => each.agentId === agentId)?.displayName;
}

export function isLinkEnd({ code, detail }: Failure): boolean {
  return code === 'expired' && expertLinkEnds.some((each) => each === detail);
}

export function linkEndOf({ code, detail }: Failure): VisitEnd {
  if (code !== 'expired') return 'wrong';
  return expertLinkEnds.find((each) => each === detail) ?? 'callEnded';
}

function endOf(reason: SessionEndReason): VisitEnd {
  switch (reason) {
    case 'removed':
    case 'notLetIn':
    case 'revoked':
      return reason;
    case 'replaced':
      return 'elsewhere';
    default:
      return 'callEnded';
  }
}
