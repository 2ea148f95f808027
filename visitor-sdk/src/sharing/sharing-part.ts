/** The lazily loaded co-browse: recorder, masking, control and the sealed channel. Nothing of it runs before a yes. */

import type { ConnectionEnd, FrameSenderHooks, SenderState } from '@alongside/frames';
import { FrameSender, sessionContinuity, startSealingEngine, systemClock } from '@alongside/frames';
import type {
  AgentId,
  EngagementId,
  IntentAnswer,
  LeasedKind,
  MaskingPolicy,
  VisitorTab,
} from '@alongside/protocol';
import type { AreaCounts, CobrowseController, ConfirmRequest } from '../cobrowse/cobrowse-controller.js';
import { startCobrowse } from '../cobrowse/cobrowse-controller.js';
import type { ControlPart } from '../cobrowse/control/control-part.js';
import type { PageBox } from '../cobrowse/control/page-geometry.js';
import type { PageWords } from '../cobrowse/masking/page-words.js';
import type { MovingPart } from '../cobrowse/moving/moving-part.js';
import { isPointerMove } from '../cobrowse/pointer-move.js';
import { AgreedAct } from './agreed-act.js';
import type { PageEnginePart } from './page-engine-part.js';
import { PageNews } from './page-news.js';
import type { WatchingPerson } from './people-watching.js';
import { PeopleWatching } from './people-watching.js';
import { spawnSealingWorker } from './spawn-sealing-worker.js';

export type { AreaCounts, ConfirmRequest, PageWords, WatchingPerson };

/** `lost`: to be opened again. `taken`: another tab shows itself now. `broken`: it cannot work on this page. */
export type SharingEnd = 'lost' | 'taken' | 'broken';

export interface SharedLease {
  readonly lease: number;
  readonly agentId: AgentId;
  readonly kinds: readonly LeasedKind[];
  /** By this machine's clock. */
  readonly expiresAtMs: number;
}

export interface SharingDeps {
  readonly engagementId: EngagementId;
  /** Of several, the strictest counts at each element. */
  readonly policy: readonly MaskingPolicy[];
  /** The engine for pages that allow no worker, loaded on those only. */
  readonly pageEngine: () => Promise<PageEnginePart>;
  /** What acts and draws on the page, loaded with the first use. */
  readonly control: () => Promise<ControlPart>;
  /** What the page is drawn from, and what moves in it: loaded with the first of it. */
  readonly moving: () => Promise<MovingPart>;
  /** Origins of the site: frames of them may show themselves. */
  readonly origins: readonly string[];
  /** Our own host: never recorded, pointed at or controlled. */
  readonly host: HTMLElement;
  readonly agentName: (agentId: AgentId | undefined) => string;
  readonly leases: () => readonly SharedLease[];
  /** Something is not as it was when the visitor lent control: all of it is taken back. */
  readonly onDoubt: () => void;
  /** Asks the visitor whether the agent may press or open this. */
  readonly confirm: (request: ConfirmRequest) => Promise<boolean>;
  /** What the visitor has said yes to could not be done any more. */
  readonly onUndone: () => void;
  /** The panel gives way to what is marked, and tells what of the page it covers then. */
  readonly clear: (marks: readonly PageBox[]) => readonly PageBox[];
  /** Says aloud what the agent said with a mark. */
  readonly say: (message: string, agent: string) => void;
  readonly onPerson: (person: WatchingPerson | undefined) => void;
  readonly onEnd: (end: SharingEnd) => void;
}

export interface Sharing {
  attach(admission: { readonly url: string; readonly pass: string }): Promise<void>;
  /** Lets the connection go, and keeps what is needed to take up again where the page was. */
  detach(): void;
  /** The visitor draws on their own page. Rejects when the pen cannot be loaded. */
  draw(act: DrawingAct): Promise<void>;
  /** Shows the visitor what agents do not see, until it is called with nothing. Rejects when it cannot be loaded. */
  outline(onCounts: ((counts: AreaCounts) => void) | undefined): Promise<void>;
  /** What may be said of this page in a list of tabs. */
  words(): PageWords;
  /** Tells those who watch, sealed, which tabs there are. */
  tellTabs(tabs: readonly VisitorTab[]): void;
  /** Tells them that the visitor has set out for another site, or has stayed. */
  tellTrip(away: boolean): void;
  /** Other rules hold from now on, also for what is shown already. */
  useRules(policy: readonly MaskingPolicy[]): void;
  stop(how: { readonly ended: boolean }): void;
}

export type DrawingAct = 'take' | 'lay' | 'undo' | 'clear';

export interface SharingPart {
  startSharing(deps: SharingDeps): Promise<Sharing>;
}

export async function startSharing(deps: SharingDeps): Promise<Sharing> {
  const { engine, openSocket } = await startSealingEngine({
    engagement: deps.engagementId,
    clock: systemClock,
    spawn: spawnSealingWorker,
    createOnPage: async (options) => (await deps.pageEngine()).createSealingEngine(options),
  });
  const storage = sessionContinuity();
  const people = new PeopleWatching((person) => {
    // Whoever is at the other end now has not shown to be the person to whom it was lent.
    if (person?.continuity === 'changed') deps.onDoubt();
    deps.onPerson(person);
  });
  const agreed = new AgreedAct();
  let cobrowse: CobrowseController | undefined;
  let news: PageNews | undefined;
  const hooks: FrameSenderHooks = {
    onWatched: (watched) => cobrowse?.watch(watched),
    onSnapshotWanted: () => cobrowse?.takeSnapshot(),
    onAgent: (agent) => {
      people.see(agent);
      if (agent.state === 'watching') {
        cobrowse?.showMarksTo(agent.slot);
        cobrowse?.showLagTo(agent.slot);
        news?.greet(agent.slot);
      }
      if (agent.state === 'left') cobrowse?.leave(agent.slot);
    },
    onIntent: (intent) => {
      agreed.begins(intent.intent);
      cobrowse?.intent(intent).catch(() => undefined);
    },
    onWant: (want) => cobrowse?.want(want),
    onTooLarge: (slot) => sender.answer(slot, { outcome: 'tooLarge' } satisfies IntentAnswer),
    onState: (state) => {
      const end = endOf(state);
      if (end !== undefined) deps.onEnd(end);
    },
    // A frame that is none is dropped; its sender gets no further.
    onFault: () => undefined,
  };
  const shared = { engagement: deps.engagementId, engine, clock: systemClock, mayWait: isPointerMove };
  const sender = new FrameSender(storage === undefined ? shared : { ...shared, storage }, hooks);
  news = new PageNews({ tell: (slot, body) => sender.answer(slot, body), watchers: () => people.slots() });
  cobrowse = startCobrowse({
    window,
    policy: deps.policy,
    excluded: [deps.host],
    sender,
    leases: { all: deps.leases },
    control: deps.control,
    moving: deps.moving,
    origins: deps.origins,
    now: () => Date.now(),
    hooks: {
      agentName: (slot) => deps.agentName(people.agentIn(slot)),
      confirm: async ({ reason, label, slot }) => {
        const yes = await deps.confirm({ reason, label, agent: deps.agentName(people.agentIn(slot)) });
        agreed.answered(slot, yes);
        return yes;
      },
      onIntent: (happened) => {
        if (agreed.ended(happened)) deps.onUndone();
      },
      onDoubt: () => deps.onDoubt(),
      watchers: () => people.slots(),
      clear: (marks) => deps.clear(marks),
      say: (message, { name }) => deps.say(message, name),
    },
  });
  return {
    attach: async ({ url, pass }) => sender.attach(await openSocket(url), pass),
    detach: () => sender.detach(),
    draw: async (act) => cobrowse?.draw(act),
    outline: async (onCounts) => cobrowse?.outline(onCounts),
    words: () => cobrowse?.words ?? {},
    tellTabs: (tabs) => news?.tabs(tabs),
    tellTrip: (away) => news?.trip(away),
    useRules: (policy) => cobrowse?.useRules(policy),
    stop: (how) => {
      cobrowse?.stop();
      sender.close(how);
    },
  };
}

function endOf(state: SenderState): SharingEnd | undefined {
  if (state.state === 'broken') return 'broken';
  if (state.state !== 'ended') return undefined;
  return closeOf(state.end);
}

function closeOf(end: ConnectionEnd): SharingEnd | undefined {
  if (end.cause === 'lost') return 'lost';
  // We closed it ourselves, and know why.
  if (end.cause === 'closed') return undefined;
  return end.code === 'alreadyTaken' ? 'taken' : 'lost';
}
