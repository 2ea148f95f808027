/** The agents who take part, as the visitor is told of them: who they are, who sees the page, and who came or went. */

import type { AgentId, AgentPresent, AskedIn, CallPresent } from '@alongside/protocol';
import type { ReadonlySignal } from '@preact/signals';
import { computed, signal } from '@preact/signals';
import { unattended } from '../../embedding/page-guard.js';
import type { Speech } from '../messages/speech.js';
import { askedIn } from '../messages/words-version.js';
import type { EngagementSession } from '../session/engagement-session.js';
import { insist } from '../sharing/insist.js';

export interface AgentsHereDeps {
  readonly session: ReadonlySignal<EngagementSession | undefined>;
  readonly speech: Speech;
  /** Says something to a visitor who does not see it change. */
  readonly announce: (text: string) => void;
}

/** More names than these would hide the sentence that they stand in. */
const MOST_NAMES = 3;

export class AgentsHere {
  readonly all: ReadonlySignal<readonly AgentPresent[]>;
  /** Those to whom the page is shown while it is. */
  readonly seeing: ReadonlySignal<readonly AgentPresent[]>;
  /** Who is in the call beside the one who leads it. */
  readonly inCall: ReadonlySignal<readonly CallPresent[]>;
  /** What came of them last, in a sentence: who came or went, or that a question of theirs is over. */
  readonly news = signal('');
  readonly #deps: AgentsHereDeps;
  #before: readonly AgentPresent[] = [];
  /** What is still shown of one who has just left is not another's. */
  readonly #experts = new Map<AgentId, string>();
  /** By places and presences, which nobody else gets: each is told of once, until the server has heard it. */
  readonly #told = new Set<number | string>();

  constructor(deps: AgentsHereDeps) {
    this.#deps = deps;
    this.all = computed(() => deps.session.value?.engagement.value?.agents ?? []);
    this.inCall = computed(() => {
      const call = deps.session.value?.engagement.value?.call;
      return call?.state === 'on' ? (call.present ?? []) : [];
    });
    this.seeing = computed(() => this.all.value.filter(({ hidden }) => !hidden));
  }

  nameOf(agentId: AgentId | undefined): string {
    const isTheirs = (each: { readonly agentId: AgentId }): boolean => each.agentId === agentId;
    const expert = this.inCall.value.find(isTheirs)?.expert;
    const known = expert ?? this.all.value.find(isTheirs);
    const gone = agentId === undefined ? undefined : this.#experts.get(agentId);
    return (
      known?.displayName ?? gone ?? this.all.value[0]?.displayName ?? this.#deps.speech.say('chat.agent')
    );
  }

  /** "Aki, Ben and Noor", or "Aki, Ben and 4 more". */
  names(agents: readonly AgentPresent[]): string {
    const { speech } = this.#deps;
    const names = agents.map(({ displayName }) => displayName);
    if (names.length <= MOST_NAMES) return speech.list(names);
    const shown = names.slice(0, MOST_NAMES - 1);
    return speech.list([...shown, speech.say('agents.more', { n: names.length - shown.length })]);
  }

  /** All of them stand on the screen now: only from here on does anybody who has joined see the page. */
  shown(): void {
    const session = this.#deps.session.peek();
    if (session?.connection.peek() !== 'online') return;
    for (const { agentId, place, noticed } of this.all.peek()) {
      if (!noticed) this.#once(place, () => session.command('agent:notice', { agentId }));
    }
  }

  /** The team in the call stands on the screen, and in which way: only from here on do they hear or are heard. */
  callShown(): void {
    const session = this.#deps.session.peek();
    if (session?.connection.peek() !== 'online') return;
    for (const { presenceId, noticed, expert } of this.inCall.peek()) {
      // Whoever comes from outside is asked about.
      if (!noticed && expert === undefined)
        this.#once(presenceId, () => session.command('call:notice', { presenceId }));
    }
  }

  /** An expert, who was invited from elsewhere, is out of the call. */
  remove(presenceId: string): void {
    const session = this.#deps.session.peek();
    if (session !== undefined) unattended(insist(() => session.command('call:remove', { presenceId })));
  }

  hide(agentId: AgentId): void {
    this.#tell('agent:hide', { agentId });
  }

  show(agentId: AgentId): void {
    this.#tell('agent:show', { agentId, words: askedIn(this.#deps.speech.language) });
  }

  /** The visitor's explicit consent to other countries is taken back: who is in by it leaves. */
  withdrawTransfers(): void {
    const session = this.#deps.session.peek();
    if (session !== undefined) unattended(insist(() => session.command('transfer:withdraw', {})));
  }

  /** The engagement has changed: who came and who went is said. */
  changed(): void {
    for (const { agentId, expert } of this.inCall.peek())
      if (expert !== undefined) this.#experts.set(agentId, expert.displayName);
    const [before, now] = [this.#before, this.all.peek()];
    this.#before = now;
    // What one comes upon when one opens the page, or when the first agent accepts, is no news.
    if (before.length === 0 || now.length === 0) return;
    const { speech } = this.#deps;
    const isOn = this.#deps.session.peek()?.engagement.peek()?.view.state === 'on';
    const came = now.filter(({ place }) => before.every((each) => each.place !== place));
    const went = before.filter(({ place }) => now.every((each) => each.place !== place));
    const [lead] = now;
    const hasLead = lead !== undefined && lead.place !== before[0]?.place;
    const sentences = [
      ...came.map(({ displayName: agent, hidden }) =>
        speech.say(isOn && !hidden ? 'agents.joinedSees' : 'agents.joined', { agent }),
      ),
      ...went.map(({ displayName: agent }) => speech.say('agents.left', { agent })),
      ...(hasLead ? [speech.say('agents.leads', { agent: lead.displayName })] : []),
    ];
    if (sentences.length === 0) return;
    this.tell(sentences.join(' '));
  }

  /** Says it, and lets it stand until there is something newer to say. */
  tell(news: string): void {
    this.news.value = news;
    this.#deps.announce(news);
  }

  /** Who took part in one conversation has not left the next one. */
  forget(): void {
    this.news.value = '';
    this.#before = [];
    this.#experts.clear();
  }

  #once(shown: number | string, tell: Parameters<typeof insist>[0]): void {
    if (this.#told.has(shown)) return;
    this.#told.add(shown);
    unattended(insist(tell).finally(() => this.#told.delete(shown)));
  }

  #tell(
    command: 'agent:hide' | 'agent:show',
    body: { readonly agentId: AgentId; readonly words?: AskedIn },
  ): void {
    const session = this.#deps.session.peek();
    if (session !== undefined) unattended(insist(() => session.command(command, body)));
  }
}
