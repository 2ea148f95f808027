/** What two people do together, put together out of its controllers; the views come with the part that is loaded. */

import { type CallNews, callNewsOf } from '@alongside/engagement';
import type { CallState, DeliveryOffered, EngagementChange, MaskingPolicy } from '@alongside/protocol';
import { visitorPaths } from '@alongside/protocol';
import { signal } from '@preact/signals';
import type { PanelParts } from '../../embedding/panel-parts.js';
import { belongsTo } from '../../embedding/site-reach.js';
import { AgentsHere } from '../agents/agents-here.js';
import { announceChange } from '../announce-change.js';
import { CallController } from '../calling/call-controller.js';
import { TransferAsking } from '../consent/transfer-asked.js';
import { DeliveryShelf } from '../delivery/delivery-shelf.js';
import type { GivenConsent } from '../sharing/agreed-rules.js';
import { AgreedRules } from '../sharing/agreed-rules.js';
import { clearOf } from '../sharing/clear-of.js';
import { ViewSharing } from '../sharing/view-sharing.js';
import type { Together, TogetherHost } from './together.js';

/** Rules for masking that are older than this are asked for again before a page shows itself under them. */
const RULES_AGE_MS = 1_000;

export class PanelTogether implements Together {
  readonly agents: AgentsHere;
  readonly sharing: ViewSharing;
  readonly agreedRules: AgreedRules;
  readonly call: CallController;
  readonly callNews = signal<CallNews | undefined>(undefined);
  readonly deliveries: DeliveryShelf;
  readonly transfer: TransferAsking;
  readonly tooYoung = signal(false);
  readonly views: Together['views'];
  readonly #host: TogetherHost;

  constructor(host: TogetherHost, parts: PanelParts, views: Together['views']) {
    this.views = views;
    this.#host = host;
    const { session, ended, memory, speech, http } = host;
    this.agents = new AgentsHere({ session, speech, announce: (text) => host.announce(text) });
    this.agreedRules = new AgreedRules(memory);
    this.sharing = new ViewSharing({
      session,
      ended,
      parts,
      policy: (consent) => this.#currentRules(consent),
      origins: () => host.site.config.peek().origins,
      host: host.deps.shadow.host,
      memory,
      agentName: (agentId) => this.agents.nameOf(agentId),
      isOwn: (address) => belongsTo(address, host.site.config.value.cookieDomain),
      onBack: () => host.announce(speech.say('watch.back', { agent: host.agentName.value })),
      onFollowed: () => host.announce(speech.say('watch.followed', { agent: host.agentName.value })),
      clear: (marks) => clearOf(host.deps.shadow.root, marks),
      announce: (message, agent) => {
        const said = speech.say('watch.said', { agent, message });
        host.announce(said);
        return said;
      },
    });
    this.deliveries = new DeliveryShelf({
      session,
      agentName: (agentId) => this.agents.nameOf(agentId),
      document: (entry, documentId) => http.ask(visitorPaths.document(documentId), { entry }),
      go: (path) => location.assign(path),
      openElsewhere: (url) => void window.open(url, '_blank', 'noopener,noreferrer'),
    });
    this.call = new CallController({
      ...{ session, ended, parts, memory, language: speech.language },
      screens: {
        rules: async () =>
          (await host.site.renew()) === undefined ? host.site.config.value.masking : undefined,
        root: host.deps.shadow.root,
        hiddenWords: speech.say('screen.hiddenPicture'),
      },
    });
    this.transfer = new TransferAsking({ session, http, language: speech.language });
  }

  changed(because: EngagementChange, callBefore: CallState | undefined): void {
    const { speech, agentName } = this.#host;
    const announce = (text: string): void => this.#host.announce(text);
    const minimise = (): void => this.#host.minimise();
    const { agents, sharing } = this;
    announceChange({ speech, agentName, agents, sharing, announce, minimise }, because);
    agents.changed();
    this.#tellCall(because, callBefore);
  }

  #tellCall(because: EngagementChange, before: CallState = { state: 'off' }): void {
    const session = this.#host.session.peek();
    const view = session?.engagement.peek();
    if (session === undefined || view === undefined || view.call.state === before.state) return;
    const turn = { before, now: view.call, because };
    const news =
      view.phase === 'active' ? callNewsOf('visitor', turn, Date.now() + session.skewMs.peek()) : undefined;
    this.callNews.value = news;
    const agent = this.#host.agentName.peek();
    if (news !== undefined) this.#host.announce(this.#host.speech.say(`call.news.${news}`, { agent }));
  }

  offered(offer: DeliveryOffered): boolean {
    const delivery = this.deliveries.offered(offer);
    if (delivery === undefined) return false;
    const { agent, content } = delivery;
    this.#host.announce(this.#host.speech.say(`delivery.${content.kind}`, { agent }));
    return true;
  }

  forget(): void {
    this.deliveries.clear();
    this.callNews.value = undefined;
    this.agents.forget();
    this.tooYoung.value = false;
  }

  close(): void {
    this.sharing.close({ ended: false });
    this.call.leave();
    this.transfer.close();
  }

  /** A page shows itself under today's rules, as far as they are not looser than what was agreed to, or not at all. */
  async #currentRules(consent: GivenConsent): Promise<readonly MaskingPolicy[] | undefined> {
    const { site } = this.#host;
    const failure = await site.renew(RULES_AGE_MS);
    return failure === undefined ? this.agreedRules.holdingFor(consent, site.config.value) : undefined;
  }
}
