/** One expert's visit: let in once by the link, in the call for as long as it lasts, and over for a reason that is told. */

import type { CallRole } from '@alongside/engagement';
import type {
  AgentId,
  EngagementId,
  ExpertFacts,
  ExpertJoined,
  ExpertLinkEnd,
  ExpertView,
  SessionEndReason,
} from '@alongside/protocol';
import { expertLinkEnds } from '@alongside/protocol';
import type { Failure } from '../app/failure.js';
import { fail } from '../app/failure.js';
import { Store } from '../app/store.js';
import { CallClient } from '../engagement/call/call-client.js';
import { type KeptPass, LiveConnection } from '../live/live-connection.js';
import { request } from '../session/api.js';
import { forgetPlace, keepPlace } from './kept-place.js';

/** Why there is nothing more to do here; a link's ends, and a visit's. */
export type VisitEnd =
  | ExpertLinkEnd
  | 'wrong'
  | 'left'
  | 'removed'
  | 'revoked'
  | 'notLetIn'
  | 'elsewhere'
  | 'unsupported';

export type VisitState =
  | { readonly stage: 'link' }
  | { readonly stage: 'joining' }
  | { readonly stage: 'in'; readonly view: ExpertView; readonly connected: boolean }
  | { readonly stage: 'over'; readonly why: VisitEnd }
  /** Nothing was spent by it, or it may be tried again. */
  | { readonly stage: 'failed'; readonly failure: Failure };

/** One of the two brings whoever comes in. */
export interface WayIn {
  readonly engagementId: EngagementId;
  readonly secret?: string;
  readonly pass?: KeptPass;
}

export class ExpertVisit {
  readonly state = new Store<VisitState>({ stage: 'link' });
  readonly call: CallClient;
  readonly #way: WayIn;
  readonly #live: LiveConnection<ExpertFacts>;
  #isSpent: boolean;
  #leaving = false;

  constructor(way: WayIn) {
    this.#way = way;
    this.#isSpent = way.secret === undefined;
    this.#live = this.#connection();
    this.call = new CallClient({ engagementId: way.engagementId, live: this.#live });
    this.#live.state.subscribe(() => this.#followed());
    if (way.pass !== undefined) this.join();
  }

  join(): void {
    // Tried again where it was refused before.
    if (this.#live.state.value.state === 'refused') this.#live.stop();
    this.state.set({ stage: 'joining' });
    this.#live.start();
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    await this.#live.send('call:leave', { engagementId: this.#way.engagementId });
    this.#end('left');
  }

  #connection(): LiveConnection<ExpertFacts> {
    const { engagementId, pass } = this.#way;
    return new LiveConnection<ExpertFacts>(
      () => this.#ticket(),
      {
        'session:opened': ({ expert, calls }) => {
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
          if (kept === undefined) forgetPlace();
          else keepPlace({ ...kept, engagementId });
        },
      },
    );
  }

  /** The link is good for one: whoever has been in and has no pass any more has nothing to come back with. */
  async #ticket() {
    const { secret } = this.#way;
    if (this.#isSpent) return fail({ code: 'expired', detail: 'callEnded' });
    const joined = await request<ExpertJoined>('POST', '/experts/join', { body: { secret } });
    if (!joined.ok) return joined;
    this.#isSpent = true;
    // It need not stand in the address, nor in the list of pages that were open.
    history.replaceState(null, '', '/expert');
    return joined;
  }

  #show(view: ExpertView): void {
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
    this.state.set({ stage: 'over', why });
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
