/** What the panel shows and does: one engagement from its first line to its receipt. */

import { mayVisitor } from '@alongside/engagement';
import type { ChatLine, EngagementView, VisitorCommandName } from '@alongside/protocol';
import { computed, effect, signal } from '@preact/signals';
import { unattended } from '../embedding/page-guard.js';
import type { VisitorDetails } from '../embedding/public-api.js';
import { tabStorage } from '../return/page-return-store.js';
import type { ReturnEntry, ReturnReach } from '../return/return-store.js';
import type { AgentsHere } from './agents/agents-here.js';
import type { CallController } from './calling/call-controller.js';
import type { Closing } from './closing/closing.js';
import type { ReceiptController } from './data/receipt-controller.js';
import { FirstMessage } from './first-message.js';
import { LaterPart } from './later/later-part.js';
import { Speech } from './messages/speech.js';
import { followPageLife } from './page-life.js';
import type { PanelDeps } from './panel-deps.js';
import type { Screen } from './panel-screen.js';
import { screenOf } from './panel-screen.js';
import type { Progress } from './progress.js';
import { EngagementSession } from './session/engagement-session.js';
import { SiteFacts } from './session/site-facts.js';
import { TabMemory } from './session/tab-memory.js';
import { VisitorHttp } from './session/visitor-http.js';
import type { ViewSharing } from './sharing/view-sharing.js';
import type { PanelSheets } from './styles/panel-sheets.js';
import type { SurveyDraft } from './survey/survey-draft.js';
import type { Together } from './together/together.js';

export class PanelController {
  readonly deps: PanelDeps;
  readonly speech: Speech;
  readonly http: VisitorHttp;
  readonly memory: TabMemory;
  readonly site: SiteFacts;
  readonly first: FirstMessage;
  readonly sheets: PanelSheets;
  /** What is done with an agent, and what is left when one is gone: each is loaded when it is needed. */
  readonly together: LaterPart<Together>;
  readonly closing: LaterPart<Closing>;
  readonly open = signal(false);
  readonly details = signal<VisitorDetails>({});
  readonly session = signal<EngagementSession | undefined>(undefined);
  readonly ended = signal<
    { readonly view: EngagementView | undefined; readonly survey: boolean } | undefined
  >(undefined);
  /** The receipt was asked for while the conversation goes on. */
  readonly showsData = signal(false);
  readonly confirmsEnd = signal(false);
  /** The line that is being written; it stays in this page's memory while the window is closed. */
  readonly lineDraft = signal('');
  readonly surveyDraft = signal<SurveyDraft>(new Map());
  readonly ending = signal<Progress>({ state: 'idle' });
  readonly reach = signal<ReturnReach>('site');
  /** Said to screen readers, politely. */
  readonly announcement = signal('');
  readonly unread = signal(0);
  readonly engagement = computed(() => this.session.value?.engagement.value);
  readonly agentName = computed(
    () => this.engagement.value?.agent?.displayName ?? this.speech.say('chat.agent'),
  );
  readonly screen = computed<Screen>(() => this.#screen());
  #closed = false;
  readonly #cleanups: (() => void)[] = [];

  constructor(deps: PanelDeps, sheets: PanelSheets) {
    this.deps = deps;
    this.sheets = sheets;
    this.details.value = deps.details;
    this.speech = new Speech(deps.language, deps.catalogue, navigator.languages);
    this.http = new VisitorHttp(deps.address, deps.fetch);
    this.memory = new TabMemory(tabStorage(), deps.address.site);
    this.site = new SiteFacts(this.http, { config: deps.config, fetchedAt: deps.configAt });
    this.first = new FirstMessage({
      http: this.http,
      site: this.site,
      returns: deps.returns,
      details: this.details,
      fail: deps.fail,
      onBegun: (entry, reach, opened) => {
        this.reach.value = reach;
        this.#begin(entry).open(opened);
      },
    });
    this.together = new LaterPart(async () => {
      const part = await deps.later.together();
      if (this.#closed) throw new Error('Closed.');
      this.speech.learn(part.words);
      return part.startTogether(this);
    });
    this.closing = new LaterPart(async () => {
      const part = await deps.later.closing();
      this.speech.learn(part.words);
      const closing = part.startClosing(this);
      const entry = this.session.peek()?.entry;
      if (entry !== undefined) closing.receipt.use(entry);
      return closing;
    });
    this.#cleanups.push(
      effect(() => deps.launcher.showOpen(this.open.value)),
      effect(() => deps.launcher.showUnread(this.unread.value)),
      effect(() => this.#tellPhase()),
      effect(() => this.#tellTooOld()),
      effect(() =>
        deps.emit('watched', { watched: this.together.part.value?.sharing.state.value === 'watched' }),
      ),
    );
    const onWake = (): void => this.#wake();
    // Media would cost the page its place, and is joined again by the tab that had it.
    const onRest = (): void => this.together.part.peek()?.call.leave();
    // What has ended is kept for its receipt, until another tab has left it for good.
    const onSeen = (): void => {
      if (this.ended.peek() !== undefined) this.loadReceipt({ again: true });
    };
    this.#cleanups.push(followPageLife({ session: this.session, onRest, onWake, onSeen }));
  }

  // What follows is of parts that are loaded later, and for what is shown with them.
  get sharing(): ViewSharing {
    return this.together.get().sharing;
  }

  get agents(): AgentsHere {
    return this.together.get().agents;
  }

  get call(): CallController {
    return this.together.get().call;
  }

  get receipt(): ReceiptController {
    return this.closing.get().receipt;
  }

  /** Continues what this browser remembers. */
  resume(): void {
    const entry = this.deps.returns.read();
    // What is just being begun is not there to come back to yet.
    const isBeginning = this.first.progress.value.state === 'busy';
    if (entry === undefined || this.session.value !== undefined || isBeginning) return;
    this.reach.value = this.deps.returns.reach();
    this.#begin(entry).open();
    if (this.memory.get('open') === '1') this.show();
  }

  show(): void {
    if (this.session.value === undefined) {
      // Another tab may have begun meanwhile.
      this.resume();
      if (this.session.value === undefined) this.reach.value = this.deps.returns.probe();
    }
    if (this.site.config.value.ageAsked) this.together.load();
    if (this.open.value) return;
    this.open.value = true;
    this.unread.value = 0;
    this.memory.set('open', '1');
    this.deps.emit('opened', {});
  }

  minimise(): void {
    if (!this.open.value) return;
    this.open.value = false;
    this.confirmsEnd.value = false;
    this.memory.set('open', undefined);
    this.deps.onMinimise();
    this.deps.emit('closed', {});
    this.deps.launcher.focus();
  }

  async end(): Promise<void> {
    const session = this.session.value;
    if (session === undefined || this.ending.value.state === 'busy') return;
    this.ending.value = { state: 'busy' };
    this.together.part.peek()?.sharing.stopHere();
    this.together.part.peek()?.call.leave();
    const reply = await session.command('engagement:end', {});
    if (!reply.ok && reply.refusal.code !== 'wrongState') {
      this.ending.value = { state: 'failed', failure: reply.refusal.code };
      return;
    }
    this.ending.value = { state: 'idle' };
    this.confirmsEnd.value = false;
  }

  surveyDone(): void {
    const ended = this.ended.value;
    this.memory.set('survey', this.session.value?.entry.engagementId);
    if (ended !== undefined) this.ended.value = { ...ended, survey: false };
  }

  /** Drops everything about the engagement that just ended from this browser. */
  forget(): void {
    if (!this.#keepsAnother()) this.deps.returns.forget();
    this.#reset();
    this.reach.value = this.deps.returns.probe();
  }

  /** Whoever wants it gone from this browser is not asked to begin again. */
  forgetAndClose(): void {
    this.forget();
    this.minimise();
  }

  /** What is offered is what the server's gate would let pass: both ask the same rule. */
  may(command: VisitorCommandName): boolean {
    const engagement = this.ended.value === undefined ? this.engagement.value : undefined;
    return engagement !== undefined && mayVisitor(command, engagement);
  }

  /** Somebody else is here now. What is sent before it closes still leaves by the connection. */
  leaveNothing(): void {
    const ended = this.session.peek()?.command('engagement:end', {});
    if (ended !== undefined) unattended(ended);
    const together = this.together.part.peek();
    together?.call.leave();
    together?.forget();
    this.details.value = {};
    this.first.leave();
    this.forgetAndClose();
  }

  loadReceipt(how = { again: false }): void {
    this.closing.use(({ receipt }) => unattended(receipt.load(how)));
  }

  /** The visitor has had everything erased: there is nothing left to talk in. */
  erased(): void {
    const session = this.session.value;
    if (session !== undefined) this.#end(session, false);
  }

  announce(text: string): void {
    this.announcement.value = text;
  }

  close(): void {
    this.#closed = true;
    this.together.part.peek()?.close();
    this.session.value?.close();
    for (const cleanup of this.#cleanups) cleanup();
  }

  #begin(entry: ReturnEntry): EngagementSession {
    const session: EngagementSession = new EngagementSession(entry, this.http, {
      onUnknown: () => this.forget(),
      onEnded: (surveyOpen) => this.#end(session, surveyOpen),
      onChanged: (because, before) => {
        this.first.begun(entry);
        this.together.use((together) => together.changed(because, before?.call));
      },
      onAgentLine: (line) => this.#noticeLine(line),
      onRulesChanged: () => {
        this.together.part.peek()?.sharing.rulesChanged();
        this.together.part.peek()?.call.screen.rulesChanged();
      },
      onDelivery: (offer) =>
        this.together.use((together) => {
          if (together.offered(offer) && !this.open.value) this.unread.value += 1;
        }),
      onDeliveryAnswered: (deliveryId) =>
        this.together.use(({ deliveries }) => deliveries.answered(deliveryId)),
    });
    this.session.value = session;
    this.together.part.peek()?.forget();
    this.closing.part.peek()?.receipt.use(entry);
    // The end is there as well by the time somebody wants it, whatever has become of the network.
    this.together.use(() => this.closing.load());
    return session;
  }

  /** Another page of this browser has begun another engagement: what is kept is that one's. */
  #keepsAnother(): boolean {
    const kept = this.deps.returns.read()?.engagementId;
    const known = this.session.peek()?.entry.engagementId;
    return kept !== undefined && known !== undefined && kept !== known;
  }

  /** The page is shown again as it was, and goes on with what the browser has come to meanwhile. */
  #wake(): void {
    if (this.#keepsAnother()) this.#reset();
    else if (this.#isForgotten()) this.forget();
    this.resume();
  }

  /** Its secret was kept beside this page, and another one has taken it away: perhaps for whoever comes next here. */
  #isForgotten(): boolean {
    const wasKept = this.session.peek() !== undefined && this.reach.peek() !== 'page';
    return wasKept && this.deps.returns.reach() === 'page';
  }

  #reset(): void {
    this.session.value?.close();
    const wasOpen = this.open.value;
    this.memory.forget();
    if (wasOpen) this.memory.set('open', '1');
    this.closing.part.peek()?.receipt.reset();
    this.session.value = undefined;
    this.ended.value = undefined;
    this.showsData.value = false;
    this.confirmsEnd.value = false;
    this.lineDraft.value = '';
    this.surveyDraft.value = new Map();
    this.unread.value = 0;
    this.announcement.value = '';
  }

  #end(session: EngagementSession, surveyOpen: boolean | undefined): void {
    if (this.session.value !== session || this.ended.value !== undefined) return;
    const view = session.engagement.value;
    const answered = this.memory.get('survey') === session.entry.engagementId;
    // Whoever left the queue has met nobody they could judge.
    const met = surveyOpen ?? view?.agent !== undefined;
    const survey =
      met &&
      !answered &&
      this.site.config.value.survey !== undefined &&
      this.closing.part.peek()?.receipt.erasure.value === undefined;
    if (!this.#keepsAnother()) this.deps.returns.retire(session.entry);
    this.ended.value = { view, survey };
    this.confirmsEnd.value = false;
    this.ending.value = { state: 'idle' };
    session.close();
    // Also beneath the survey: whom the service does not know any more, since somebody else is here, sees neither.
    this.loadReceipt();
  }

  #screen(): Screen {
    const session = this.session.value;
    return screenOf({
      ended: this.ended.value,
      hasSession: session !== undefined,
      showsData: this.showsData.value,
      phase: this.engagement.value?.phase,
      hasLines: (session?.lines.value.length ?? 0) > 0,
    });
  }

  #tellPhase(): void {
    const phase = this.ended.value === undefined ? this.engagement.value?.phase : 'closed';
    if (phase !== undefined) this.deps.emit('phase', { phase });
  }

  #tellTooOld(): void {
    if (this.session.value?.connection.value === 'tooOld') this.deps.fail('tooOld');
  }

  #noticeLine(line: ChatLine): void {
    if (!this.open.value) this.unread.value += 1;
    const agent = line.agentName ?? this.agentName.value;
    this.announce(this.speech.say('panel.newLine', { agent }));
  }
}
