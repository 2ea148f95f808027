/** The first form: what the visitor writes into it, and how an engagement begins with it. */

import type { EngagementOpened, EngagementStart, LineId } from '@alongside/protocol';
import type { ReadonlySignal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { VisitorDetails } from '../embedding/public-api.js';
import type { ReturnEntry, ReturnReach, ReturnStore } from '../return/return-store.js';
import type { PanelDeps } from './panel-deps.js';
import type { Progress } from './progress.js';
import { createReturnEntry, hashReturnSecret } from './session/return-secret.js';
import type { SiteFacts } from './session/site-facts.js';
import type { Answer, VisitorHttp } from './session/visitor-http.js';
import { mayPass } from './session/visitor-http.js';
import { SignedIdentity } from './signed-identity.js';

/** What the visitor sends with the first form. */
export interface FirstForm {
  readonly message: string;
  readonly name: string;
  readonly topic: string;
}

export interface FirstMessageDeps {
  readonly http: VisitorHttp;
  readonly site: SiteFacts;
  readonly returns: ReturnStore;
  readonly details: ReadonlySignal<VisitorDetails>;
  readonly fail: PanelDeps['fail'];
  readonly onBegun: (entry: ReturnEntry, reach: ReturnReach, opened: EngagementOpened) => void;
}

export class FirstMessage {
  /** Drafts live in this page's memory and nowhere else, whichever screen is shown or whether any is. */
  readonly message = signal('');
  /** Undefined until the visitor changes what the page has told of them. */
  readonly name = signal<string | undefined>(undefined);
  readonly topic = signal<string | undefined>(undefined);
  /** What the visitor says where the site asks for it; nothing is sent before. */
  readonly ofAge = signal<boolean | undefined>(undefined);
  readonly progress = signal<Progress>({ state: 'idle' });
  /** The notice that was on the screen is no longer the one in force, and the new one stands there now. */
  readonly noticeRenewed = signal(false);
  readonly identity: SignedIdentity;
  readonly #deps: FirstMessageDeps;
  #left: ReturnEntry | undefined;
  #attempt: { readonly entry: ReturnEntry; readonly lineId: LineId } | undefined;

  constructor(deps: FirstMessageDeps) {
    this.#deps = deps;
    this.identity = new SignedIdentity(deps.details, () => deps.fail('identityRefused'));
  }

  /** Trying again names the same engagement and the same line, so that nothing can begin twice. */
  async send(form: FirstForm): Promise<void> {
    if (this.progress.value.state === 'busy') return;
    this.progress.value = { state: 'busy' };
    this.noticeRenewed.value = false;
    this.#attempt ??= { entry: createReturnEntry(), lineId: crypto.randomUUID() as LineId };
    const { entry, lineId } = this.#attempt;
    const { returns } = this.#deps;
    const body = { ...(await this.#start(form, entry)), firstLine: { lineId, text: form.message } };
    if (this.#left === entry) return;
    const before = returns.read();
    // Kept before it is sent: if the answer is lost and the page with it, the visitor can still come back.
    returns.keep(entry);
    const answer = await this.#begin(body);
    // Whoever wrote it has left this browser meanwhile: nobody is here to go on with it.
    if (this.#left === entry) return;
    if (answer.ok) {
      this.begun(entry);
      this.#deps.onBegun(entry, returns.keep(entry), answer.value);
      return;
    }
    // What was refused for good has not begun: another tab's engagement, or none, is what to come back to.
    if (!mayPass(answer.failure)) {
      this.#attempt = undefined;
      restore(returns, before);
    }
    if (answer.failure === 'conflict' && answer.detail === 'noticeVersion') return this.#renewNotice();
    this.progress.value = { state: 'failed', failure: answer.failure };
  }

  /** A page that cannot show who its visitor is must not keep them from being helped. */
  async #begin(body: EngagementStart): Promise<Answer<EngagementOpened>> {
    const { http } = this.#deps;
    const token = await this.identity.token(body.engagementId);
    if (token === undefined) return http.begin(body);
    const answer = await http.begin({ ...body, identity: token });
    if (answer.ok || answer.failure !== 'invalid' || answer.detail !== 'identity') return answer;
    this.identity.refused();
    return http.begin(body);
  }

  /** The engagement is there, told by its answer or found by coming back: its form has been sent. */
  begun(entry: ReturnEntry): void {
    if (this.#attempt?.entry.engagementId === entry.engagementId) this.#clear();
  }

  /** Somebody else is here now. */
  leave(): void {
    this.#left = this.#attempt?.entry;
    this.ofAge.value = undefined;
    this.#clear();
  }

  #clear(): void {
    this.#attempt = undefined;
    this.message.value = '';
    this.name.value = undefined;
    this.topic.value = undefined;
    this.progress.value = { state: 'idle' };
  }

  async #start(form: FirstForm, entry: ReturnEntry): Promise<Omit<EngagementStart, 'firstLine'>> {
    const { notice } = this.#deps.site.config.value;
    const { name, topic } = form;
    return {
      engagementId: entry.engagementId,
      returnHash: await hashReturnSecret(entry.secret),
      noticeVersion: notice.version,
      language: notice.language,
      ofAge: this.ofAge.value,
      ...(name === '' ? {} : { name }),
      ...(topic === '' ? {} : { topic }),
    };
  }

  /** Nobody begins under a notice they have not had before them: it is shown, and sending is theirs again. */
  async #renewNotice(): Promise<void> {
    const failure = await this.#deps.site.renew();
    this.noticeRenewed.value = failure === undefined;
    this.progress.value = failure === undefined ? { state: 'idle' } : { state: 'failed', failure };
  }
}

function restore(returns: ReturnStore, before: ReturnEntry | undefined): void {
  if (before === undefined) returns.forget();
  else returns.keep(before);
}
