/** Shows the page while the visitor's consent holds: in the tab in front, on every page, and off at one press. */

import type { AgentId, MaskingPolicy } from '@alongside/protocol';
import { isShownOnly } from '@alongside/protocol';
import type { ReadonlySignal } from '@preact/signals';
import { effect, signal } from '@preact/signals';
import type { PageBox } from '../../cobrowse/control/page-geometry.js';
import { unattended } from '../../embedding/page-guard.js';
import type { PanelParts } from '../../embedding/panel-parts.js';
import type {
  AreaCounts,
  DrawingAct,
  Sharing,
  SharingEnd,
  WatchingPerson,
} from '../../sharing/sharing-part.js';
import type { EngagementSession } from '../session/engagement-session.js';
import { watchPageRest } from '../session/page-rest.js';
import type { TabMemory } from '../session/tab-memory.js';
import { watchTabTurn } from '../session/tab-turn.js';
import type { GivenConsent } from './agreed-rules.js';
import type { ConfirmAsk } from './confirm-ask.js';
import { ConfirmAsks } from './confirm-ask.js';
import { LentControl } from './lent-control.js';
import { PageLine } from './page-line.js';
import { PassingNote } from './passing-note.js';
import { RoundTrip } from './round-trip.js';
import { renewRules } from './rules-renewal.js';
import { openTabChannel, TabRoster } from './tab-roster.js';
import { ViewConsent } from './view-consent.js';

export interface ViewSharingDeps {
  readonly session: ReadonlySignal<EngagementSession | undefined>;
  readonly ended: ReadonlySignal<unknown>;
  readonly parts: PanelParts;
  /** What is masked as the site says it now; undefined while that cannot be known, and then nothing is shown. */
  readonly policy: (consent: GivenConsent) => Promise<readonly MaskingPolicy[] | undefined>;
  readonly origins: () => readonly string[];
  readonly host: HTMLElement;
  readonly memory: TabMemory;
  readonly agentName: (agentId: AgentId | undefined) => string;
  /** Whether pages at this address belong to the same site as this one. */
  readonly isOwn: (address: URL) => boolean;
  /** The visitor was elsewhere, and is seen again. */
  readonly onBack: () => void;
  /** Another tab was seen until now, and this one is from now on. */
  readonly onFollowed: () => void;
  /** The panel gives way to what is marked, and tells what of the page it covers then. */
  readonly clear: (marks: readonly PageBox[]) => readonly PageBox[];
  /** Reads something out to a visitor who does not see the page; tells what was read. */
  readonly announce: (message: string, agent: string) => string;
}

/** `watched`: agreed to, and this page shows itself or tries to. `otherTab`: another tab does. */
export type SharingState = 'off' | 'watched' | 'otherTab' | 'broken';

export class ViewSharing {
  readonly state = signal<SharingState>('off');
  readonly person = signal<WatchingPerson | undefined>(undefined);
  readonly confirm: ReadonlySignal<ConfirmAsk | undefined>;
  /** Why nothing came of what the visitor was asked last about an act, without a no of theirs. */
  readonly nothing: ConfirmAsks['nothing'];
  readonly lent: LentControl;
  readonly trip: RoundTrip;
  /** The view has come here from another tab. */
  readonly followed = new PassingNote();
  /** How much of what is in view is hidden, while the visitor wants to see it. */
  readonly outlined = signal<AreaCounts | 'looking' | undefined>(undefined);
  /** The visitor has the pen in hand: what they press draws. */
  readonly drawing = signal(false);
  /** What was last said with a mark that is there still. */
  readonly said = signal<string | undefined>(undefined);
  readonly #deps: ViewSharingDeps;
  readonly #consent: ViewConsent;
  readonly #cleanups: (() => void)[];
  readonly #asks = new ConfirmAsks();
  readonly #line: PageLine;
  readonly #tabs: TabRoster;
  /** There was no connection since the line was opened. */
  #isLineDoubtful = false;
  /** Another tab has just ceased to be the one that is shown. */
  #isFollowed = false;
  #closed = false;

  constructor(deps: ViewSharingDeps) {
    this.#deps = deps;
    this.#consent = new ViewConsent(deps);
    const shares = () => this.state.value === 'watched' || this.state.value === 'otherTab';
    this.lent = new LentControl({ session: deps.session, memory: deps.memory, shares });
    this.confirm = this.#asks.open;
    this.nothing = this.#asks.nothing;
    this.#line = new PageLine({
      load: () => this.#load(),
      pass: () => this.#pass(),
      isWanted: () => this.state.peek() === 'watched' && this.#isOnline(),
    });
    const { memory, isOwn, onBack } = deps;
    const isInFront = () => this.state.peek() === 'watched' && this.person.peek()?.watching === true;
    this.#tabs = new TabRoster({
      ...{ memory, isInFront, channel: openTabChannel },
      words: () => this.#line.loaded?.words() ?? {},
      onTabs: (tabs) => this.#line.loaded?.tellTabs(tabs),
      onBehind: () => {
        this.#isFollowed = this.state.peek() === 'watched' && document.visibilityState === 'visible';
        this.#tellFollowed();
      },
    });
    this.trip = new RoundTrip({
      ...{ memory, isOwn, onBack },
      engagement: () => (this.state.peek() === 'watched' ? this.#engagementId() : undefined),
      tell: (away) => this.#line.loaded?.tellTrip(away),
    });
    this.#cleanups = [
      () => this.#tabs.close(),
      () => this.trip.close(),
      () => this.followed.end(),
      effect(() => this.#follow()),
      effect(() => this.#tellTabs()),
      effect(() => this.#bringNear()),
      effect(() => this.#consent.tell()),
      effect(() => this.lent.tell()),
      effect(() => this.#endQuestion()),
      watchTabTurn(() => this.#comeForward()),
      watchPageRest(
        () => this.#line.rest(),
        () => {
          this.trip.wake();
          this.#line.wake();
        },
      ),
    ];
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !event.isTrusted) return;
      // Whoever draws lays the pen down with it first.
      if (this.drawing.value) this.draw('lay');
      else this.takeBack();
    };
    // The page may stop its own key events from travelling; ours is heard before.
    addEventListener('keydown', key, { capture: true });
    this.#cleanups.push(() => removeEventListener('keydown', key, { capture: true }));
  }

  /** Everything off at once, whether or not the server can be told now. */
  stop(): void {
    this.#consent.takeBack();
  }

  /** Off in this page; what ends the engagement tells the server itself. */
  stopHere(): void {
    this.#end({ ended: false });
  }

  /** The visitor draws on their own page, for the agent to see. */
  draw(act: DrawingAct): void {
    if (this.state.value !== 'watched') return;
    this.drawing.value = act === 'take' || (act !== 'lay' && this.drawing.value);
    const drawn = this.#line.sharing?.then((each) => each.draw(act));
    if (drawn === undefined) return;
    const layDown = () => {
      this.drawing.value = false;
    };
    unattended(drawn.catch(layDown));
  }

  /** The visitor looks at what the agent does not see, or has seen enough of it. */
  outline(on: boolean): void {
    if (this.state.value !== 'watched' && on) return;
    this.outlined.value = on ? 'looking' : undefined;
    const told = (counts: AreaCounts): void => {
      if (this.outlined.value !== undefined) this.outlined.value = counts;
    };
    const shown = this.#line.sharing?.then((each) => each.outline(on ? told : undefined));
    if (shown === undefined) return;
    const putAway = () => {
      this.outlined.value = undefined;
    };
    unattended(shown.catch(putAway));
  }

  /** Everything that is lent, or one lease by its number. */
  takeBack(lease?: number): void {
    this.lent.takeBack(lease);
  }

  /** Other rules hold, or may hold: the page shows itself under them at once, or shows nothing but its structure. */
  rulesChanged(): void {
    const { sharing } = this.#line;
    if (sharing === undefined) return;
    const renewal = sharing.then(({ useRules }) =>
      renewRules({
        ask: async () => {
          const { given } = this.#consent;
          return given === undefined ? undefined : this.#deps.policy(given);
        },
        use: useRules,
        isCurrent: () => this.#line.sharing === sharing,
      }),
    );
    unattended(renewal);
  }

  close(how: { readonly ended: boolean }): void {
    this.#closed = true;
    this.#end(how);
    for (const cleanup of this.#cleanups) cleanup();
  }

  #follow(): void {
    // Without one there is nothing to come back to either.
    const ended = this.#deps.ended.value !== undefined || this.#deps.session.value === undefined;
    if (this.#consent.inForce === undefined || ended) {
      this.#end({ ended });
      return;
    }
    if (this.state.peek() === 'off') this.state.value = 'watched';
    // A page that was loaded out of sight leaves the stream to the tab in front.
    if (this.#deps.session.value?.connection.value !== 'online') this.#isLineDoubtful = true;
    else this.#openLine();
  }

  /** In the tab in front only, also where the connection came back while it was out of sight. */
  #openLine(): void {
    if (!this.#isOnline() || document.visibilityState !== 'visible') return;
    const isDoubtful = this.#isLineDoubtful;
    this.#isLineDoubtful = false;
    if (isDoubtful) this.#line.renew();
    else this.#line.open();
  }

  /** An effect: nobody may do any more what the visitor is being asked about, so that a yes would do nothing. */
  #endQuestion(): void {
    if (this.lent.leases.value.every(({ kinds }) => kinds.every(isShownOnly))) this.#asks.refuse();
  }

  /** While the visitor reads the question the file comes that a yes needs; nothing of it runs before. */
  #bringNear(): void {
    const view = this.#deps.session.value?.engagement.value?.view;
    if (view?.state === 'asked') this.#deps.parts.prefetchSharing();
  }

  #comeForward(): void {
    if (this.#consent.inForce === undefined || this.#closed) return;
    if (this.state.value === 'otherTab') this.state.value = 'watched';
    this.#openLine();
  }

  async #load(): Promise<Sharing> {
    const session = this.#deps.session.peek();
    if (session === undefined) throw new Error('There is no engagement to share in.');
    const { given } = this.#consent;
    if (given === undefined) throw new Error('There is no consent to share under.');
    const [part, policy] = await Promise.all([this.#deps.parts.sharing(), this.#deps.policy(given)]);
    if (policy === undefined) throw new Error('It is not known what has to be masked.');
    const sharing: Sharing = await part.startSharing({
      engagementId: session.entry.engagementId,
      policy,
      origins: this.#deps.origins(),
      host: this.#deps.host,
      pageEngine: () => this.#deps.parts.pageEngine(),
      control: () => this.#deps.parts.control(),
      moving: () => this.#deps.parts.moving(),
      clear: (marks) => {
        if (marks.length === 0) this.said.value = undefined;
        return this.#deps.clear(marks);
      },
      say: (message, agent) => {
        this.said.value = this.#deps.announce(message, agent);
      },
      agentName: this.#deps.agentName,
      leases: () => this.lent.forPage(session),
      // Another tab shows itself now: what this one doubts is no concern of the leases.
      onDoubt: () => {
        if (this.state.value === 'watched') this.takeBack();
      },
      confirm: (request) => this.#asks.ask(request),
      onUndone: () => {
        this.#asks.nothing.value = 'undone';
      },
      onPerson: (person) => {
        if (this.#line.sharing !== undefined) this.person.value = person;
        if (person?.watching === true) this.trip.seen(session.entry.engagementId);
      },
      onEnd: (end) => this.#detached(end),
    });
    return sharing;
  }

  /** Tabs know of each other as long as one of them may be seen. */
  #tellTabs(): void {
    const engagementId = this.#deps.session.value?.entry.engagementId;
    if (this.state.value === 'off' || engagementId === undefined) {
      this.#tabs.leave();
      return;
    }
    this.#tabs.join(engagementId);
    if (this.person.value?.watching === true) this.#tabs.look();
    this.#tellFollowed();
  }

  /** Said once somebody sees this page: until then it has only given the other one up. */
  #tellFollowed(): void {
    if (!this.#isFollowed || this.person.peek()?.watching !== true) return;
    this.#isFollowed = false;
    this.followed.say();
    this.#deps.onFollowed();
  }

  #engagementId(): string | undefined {
    return this.#deps.session.peek()?.entry.engagementId;
  }

  async #pass(): Promise<{ readonly pass: string; readonly url: string } | undefined> {
    const reply = await this.#deps.session.peek()?.command('frames:pass', {});
    return reply?.ok === true ? reply.value : undefined;
  }

  #isOnline(): boolean {
    return this.#deps.session.peek()?.connection.peek() === 'online';
  }

  #detached(end: SharingEnd): void {
    this.person.value = undefined;
    const isShown = this.state.value === 'watched';
    this.#line.lost({ again: isShown && end === 'lost' });
    if (!isShown) return;
    if (end === 'broken') this.#drop({ ended: false });
    if (end !== 'lost') this.state.value = end === 'broken' ? 'broken' : 'otherTab';
    if (end === 'taken') this.#tabs.fellBehind();
  }

  #end(how: { readonly ended: boolean }): void {
    this.#drop(how);
    this.state.value = 'off';
  }

  #drop(how: { readonly ended: boolean }): void {
    this.#line.drop(how);
    this.#isFollowed = false;
    this.followed.end();
    this.person.value = undefined;
    this.drawing.value = false;
    this.outlined.value = undefined;
    this.said.value = undefined;
    this.#asks.refuse();
  }
}
