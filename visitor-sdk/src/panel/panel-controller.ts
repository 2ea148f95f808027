/** What the panel shows and does: one engagement from its first line to its receipt. */

import { may } from '@alongside/engagement';
import type { ChatLine, EngagementView, MaskingPolicy, VisitorCommandName } from '@alongside/protocol';
import { computed, effect, signal } from '@preact/signals';
import { explainFailure } from '../embedding/page-console.js';
import { unattended } from '../embedding/page-guard.js';
import type { VisitorDetails } from '../embedding/public-api.js';
import { belongsTo } from '../embedding/site-reach.js';
import { tabStorage } from '../return/page-return-store.js';
import type { ReturnEntry, ReturnReach } from '../return/return-store.js';
import { AgentsHere } from './agents/agents-here.js';
import { announceChange } from './announce-change.js';
import { CallController } from './calling/call-controller.js';
import { pendingAsk } from './consent/pending-ask.js';
import { ReceiptController } from './data/receipt-controller.js';
import type { Delivery } from './delivery/delivery-shelf.js';
import { DeliveryShelf } from './delivery/delivery-shelf.js';
import { FirstMessage } from './first-message.js';
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
import type { GivenConsent } from './sharing/agreed-rules.js';
import { AgreedRules } from './sharing/agreed-rules.js';
import { ViewSharing } from './sharing/view-sharing.js';
import type { SurveyDraft } from './survey/survey-draft.js';

/** Rules for masking that are older than this are asked for again before a page shows itself under them. */
const RULES_AGE_MS = 1_000;

export class PanelController {
  readonly deps: PanelDeps;
  readonly speech: Speech;
  readonly http: VisitorHttp;
  readonly memory: TabMemory;
  readonly site: SiteFacts;
  readonly first: FirstMessage;
  readonly receipt: ReceiptController;
  readonly sharing: ViewSharing;
  readonly agreedRules: AgreedRules;
  readonly agents: AgentsHere;
  readonly call: CallController;
  readonly deliveries: DeliveryShelf;
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
  readonly ask = computed(() => (this.ended.value ? undefined : pendingAsk(this.engagement.value)));
  readonly screen = computed<Screen>(() => this.#screen());
  readonly #cleanups: (() => void)[] = [];

  constructor(deps: PanelDeps) {
    this.deps = deps;
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
      emit: deps.emit,
      onBegun: (entry, reach, opened) => {
        this.reach.value = reach;
        this.#begin(entry).open(opened);
      },
    });
    this.receipt = new ReceiptController(this.http, deps.address.site, () => this.#erased());
    this.agents = new AgentsHere({
      session: this.session,
      speech: this.speech,
      announce: (text) => this.announce(text),
    });
    this.agreedRules = new AgreedRules(this.memory);
    this.sharing = new ViewSharing({
      session: this.session,
      ended: this.ended,
      parts: deps.parts,
      policy: (consent) => this.#currentRules(consent),
      origins: () => this.site.config.peek().origins,
      host: deps.shadow.host,
      memory: this.memory,
      agentName: (agentId) => this.agents.nameOf(agentId),
      isOwn: (address) => belongsTo(address, this.site.config.value.cookieDomain),
      onBack: () => this.announce(this.speech.say('watch.back', { agent: this.agentName.value })),
      announce: (message, agent) => this.announce(this.speech.say('watch.said', { agent, message })),
    });
    this.deliveries = new DeliveryShelf({
      session: this.session,
      http: this.http,
      go: (path) => location.assign(path),
      openElsewhere: (url) => void window.open(url, '_blank', 'noopener,noreferrer'),
    });
    this.call = new CallController({
      session: this.session,
      ended: this.ended,
      parts: deps.parts,
      memory: this.memory,
    });
    this.#cleanups.push(
      effect(() => deps.launcher.showOpen(this.open.value)),
      effect(() => deps.launcher.showUnread(this.unread.value)),
      effect(() => this.#tellPhase()),
      effect(() => this.#tellTooOld()),
      effect(() => deps.emit('watched', { watched: this.sharing.state.value === 'watched' })),
    );
    const onWake = (): void => this.#wake();
    // Media would cost the page its place, and is joined again by the tab that had it.
    const onRest = (): void => this.call.leave();
    this.#cleanups.push(followPageLife({ session: this.session, onRest, onWake }));
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
    this.sharing.stopHere();
    this.call.leave();
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
    return engagement !== undefined && may('visitor', command, engagement);
  }

  announce(text: string): void {
    this.announcement.value = text;
  }

  close(): void {
    this.sharing.close({ ended: false });
    this.call.leave();
    this.session.value?.close();
    for (const cleanup of this.#cleanups) cleanup();
  }

  #begin(entry: ReturnEntry): EngagementSession {
    const session: EngagementSession = new EngagementSession(entry, this.http, {
      onUnknown: () => this.forget(),
      onEnded: (surveyOpen) => this.#end(session, surveyOpen),
      onChanged: (because) => {
        this.first.begun(entry);
        announceChange(this, because);
        this.agents.changed();
      },
      onAgentLine: (line) => this.#noticeLine(line),
      onRulesChanged: () => this.sharing.rulesChanged(),
      onDelivery: (delivery) => this.#takeDelivery(delivery),
    });
    this.session.value = session;
    this.receipt.use(entry);
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
    this.resume();
  }

  #reset(): void {
    this.session.value?.close();
    const wasOpen = this.open.value;
    this.memory.forget();
    if (wasOpen) this.memory.set('open', '1');
    this.receipt.reset();
    this.session.value = undefined;
    this.ended.value = undefined;
    this.showsData.value = false;
    this.confirmsEnd.value = false;
    this.lineDraft.value = '';
    this.surveyDraft.value = new Map();
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
      this.receipt.erasure.value === undefined;
    if (!this.#keepsAnother()) this.deps.returns.retire(session.entry);
    this.ended.value = { view, survey };
    this.confirmsEnd.value = false;
    this.ending.value = { state: 'idle' };
    session.close();
    if (!survey) unattended(this.receipt.load());
  }

  /** A page shows itself under today's rules, as far as they are not looser than what was agreed to, or not at all. */
  async #currentRules(consent: GivenConsent): Promise<readonly MaskingPolicy[] | undefined> {
    const failure = await this.site.renew(RULES_AGE_MS);
    return failure === undefined ? this.agreedRules.holdingFor(consent, this.site.config.value) : undefined;
  }

  #erased(): void {
    const session = this.session.value;
    if (session !== undefined) this.#end(session, false);
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
    if (this.session.value?.connection.value !== 'tooOld') return;
    explainFailure('tooOld');
    this.deps.emit('failed', { reason: 'tooOld' });
  }

  #noticeLine(line: ChatLine): void {
    if (!this.open.value) this.unread.value += 1;
    const agent = line.agentName ?? this.agentName.value;
    this.announce(this.speech.say('panel.newLine', { agent }));
  }

  #takeDelivery(delivery: Delivery): void {
    this.deliveries.offered(delivery);
    if (!this.open.value) this.unread.value += 1;
    const agent = this.agentName.value;
    this.announce(this.speech.say(`delivery.${delivery.content.kind}`, { agent }));
  }
}
