/** What a page is told of its site before anybody says anything: public, and nothing about the visitor. */

import {
  accept,
  type Language,
  type NoticeShown,
  type Reply,
  refuse,
  type SiteConfig,
  type SiteId,
} from '@alongside/protocol';
import { consentAgeIn } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import { missingOfCustomer, retentionOf } from '../accounts/customers.js';
import { agreementInForce } from '../agreements/agreement-state.js';
import { type CustomerRow, customerEntity } from '../entities/customer-entity.js';
import type { NoticeRow } from '../entities/notice-entity.js';
import type { SiteRow } from '../entities/site-entity.js';
import { areAllAllowed } from '../lapses/running-flows.js';
import { openStores } from '../recipients/decide-onward.js';
import { noticeRecipients } from '../recipients/notice-recipients.js';
import type { RecordsContext } from '../records-context.js';
import { complaintText, supportText } from '../rights/cases/redress.js';
import { announcedNotice, currentNotice } from '../sites/notices.js';
import { maskingOf } from '../sites/site-masking.js';
import { currentSurvey, surveyVersion } from '../sites/surveys.js';
import type { LiveNodes } from '../tickets/live-nodes.js';
import { basisShown } from '../transfer/decision-desk.js';
import { originOfSite, relayFlow } from '../transfer/flow.js';

export class SiteConfigs {
  readonly #context: RecordsContext;
  readonly #nodes: LiveNodes;

  constructor(context: RecordsContext, nodes: LiveNodes) {
    this.#context = context;
    this.#nodes = nodes;
  }

  async show(
    manager: EntityManager,
    site: SiteRow,
    wanted: Language | undefined,
  ): Promise<Reply<SiteConfig>> {
    const now = this.#context.clock();
    const ready = await readySite(manager, site, now);
    if (!ready.ok) return ready;
    const { customer, notice } = ready.value;
    const languages = site.languages as Language[];
    const language = languages.find((each) => each === wanted) ?? languages[0] ?? 'en';
    const basis = await this.#context.decisions.decide(manager, {
      tenantId: site.tenantId,
      // Where conversations go to the customer's own store, technical facts alone are kept here.
      dataClass: site.deliverTo === null ? 'transcript' : 'metadata',
      access: 'store',
      origin: originOfSite(site.visitorCountries),
      toCountry: this.#context.storageCountry,
    });
    if (!basis.ok) return basis;
    const survey = await currentSurvey(manager, site.siteId);
    const announced = await announcedNotice(manager, site.siteId, now);
    return accept({
      siteId: site.siteId as SiteId,
      siteName: site.name,
      languages,
      notice: {
        ...this.#notice({ customer, notice, language }),
        ...(await noticeRecipients(this.#context, manager, { site, customer })),
        ...(announced === null ? {} : { changesAt: announced.effectiveAt.getTime() }),
        basis: basisShown(basis.value),
        redress: [
          supportText(language),
          complaintText({ country: customer.country, language }, basis.value.basis ?? undefined),
        ].join(' '),
      },
      masking: maskingOf(site),
      maskingChangedAt: site.maskingChangedAt.getTime(),
      origins: site.origins,
      cookieDomain: site.cookieDomain ?? undefined,
      survey: survey === null ? undefined : surveyVersion(survey),
      ...ageAsked(site),
      accent: site.accent ?? undefined,
      // Where nothing may begin nobody can help, whoever is there; what goes on still needs what is told here.
      staffed: this.#nodes.isStaffed(site.siteId) && (await this.#mayBegin(manager, site)),
    });
  }

  /** As a first line would be taken: passed on, and put into the customer's own store where the site has one. */
  async #mayBegin(
    manager: EntityManager,
    { tenantId, visitorCountries, deliverTo }: SiteRow,
  ): Promise<boolean> {
    const { decisions, liveCountry, clock } = this.#context;
    const now = clock();
    if ((await agreementInForce(manager, now)) === undefined) return false;
    const origin = originOfSite(visitorCountries);
    const delivered = deliverTo === null ? [] : (await openStores(manager, now)).get(deliverTo)?.(origin);
    if (delivered === undefined) return false;
    return areAllAllowed([relayFlow({ tenantId, liveCountry }, origin), ...delivered], (flow) =>
      decisions.wouldAllow(manager, flow),
    );
  }

  #notice({
    customer,
    notice,
    language,
  }: {
    customer: CustomerRow;
    notice: NoticeRow;
    language: Language;
  }): Omit<NoticeShown, 'basis' | 'changesAt' | 'deliveredTo' | 'recipients' | 'redress'> {
    return {
      version: notice.version,
      language,
      controller: customer.legalName ?? customer.name,
      contact: customer.privacyContact ?? '',
      body: notice.body[language] ?? '',
      keptMonths: retentionOf(customer),
      storageCountry: this.#context.storageCountry,
      publishedAt: notice.publishedAt.getTime(),
    };
  }
}

/** By where its visitors are; where that is not known, the strictest age counts. */
function ageAsked({ audience, visitorCountries }: SiteRow): Pick<SiteConfig, 'ageAsked'> {
  if (audience === 'general') return {};
  return { ageAsked: { age: consentAgeIn(originOfSite(visitorCountries).country).age, audience } };
}

/** Without a notice that can say who, what and where, a site takes no engagement; `detail` names what is missing. */
export async function readySite(
  manager: EntityManager,
  site: SiteRow,
  now: number,
): Promise<Reply<{ customer: CustomerRow; notice: NoticeRow }>> {
  const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId: site.tenantId });
  const [missing] = missingOfCustomer(customer);
  if (missing !== undefined) return refuse('wrongState', missing);
  const notice = await currentNotice(manager, site.siteId, now);
  if (notice === null) return refuse('wrongState', 'notice');
  return accept({ customer, notice });
}
