/** On every screen, for officers: what was to be looked at again by a day that has passed. */

import type { CustomerShown } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import type { Route } from '../app/router.js';
import { route } from '../app/router.js';
import { useStore } from '../app/store.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Link } from '../parts/link.js';
import { useLoaded } from '../parts/use-loaded.js';

const places: Readonly<Record<string, Route>> = {
  agreement: { screen: 'admin', section: 'agreements' },
  agreementExpiring: { screen: 'admin', section: 'agreements' },
  register: { screen: 'admin', section: 'register' },
  workCountry: { screen: 'admin', section: 'people' },
  disclosureBegun: { screen: 'admin', section: 'disclosures' },
  disclosureUntold: { screen: 'admin', section: 'disclosures' },
  emergency: { screen: 'admin', section: 'audit' },
  casesDue15: { screen: 'rights' },
  casesDue5: { screen: 'rights' },
  casesLate: { screen: 'rights' },
  unusualReading: { screen: 'admin', section: 'audit' },
  contractExpiring: { screen: 'admin', section: 'contracts' },
  contractReview: { screen: 'admin', section: 'contracts' },
  contractUnseen: { screen: 'admin', section: 'contracts' },
  contractReviewSoon: { screen: 'admin', section: 'contracts' },
  recipientSilent: { screen: 'admin', section: 'recipients' },
  recipientExpired: { screen: 'admin', section: 'recipients' },
  recipientExpiring: { screen: 'admin', section: 'recipients' },
  'retention:transcript': { screen: 'admin', section: 'retention' },
  'retention:survey': { screen: 'admin', section: 'retention' },
  'retention:metadata': { screen: 'admin', section: 'retention' },
};

/** What was in order once and is to be looked at; what was never set up is told where the customer is. */
export function isAlarm(code: string): boolean {
  return Object.hasOwn(places, code);
}

export function ReviewAlarm() {
  const { api } = useApp();
  const { t, named } = useMessages();
  // Looked at again with each screen, so that it goes when the review was made.
  const current = useStore(route);
  const key = current.screen === 'admin' ? current.section : current.screen;
  const customer = useLoaded(`alarm/${key}`, () => api.get<CustomerShown>('/customer'));
  if (customer.state !== 'loaded') return undefined;
  const alarms = customer.value.missing.flatMap((code) => {
    const to = places[code];
    return to === undefined ? [] : [{ code, to }];
  });
  if (alarms.length === 0) return undefined;
  return (
    <Banner tone="warn">
      <p>{t('alarm.title')}</p>
      <ul className="missing">
        {alarms.map(({ code, to }) => (
          <li key={code}>
            <Link to={to}>{named(`missing.${code}`, code)}</Link>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
