/** What is missing before sites can take engagements, each with the place where it is filled in. */

import type { Route } from '../app/router.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Link } from '../parts/link.js';
import { isAlarm } from './review-alarm.js';

/** Codes may name what they are about after a colon or slash; the part before says where it is mended. */
function placeOf(code: string): Route {
  if (/site|origin|notice|survey/i.test(code)) return { screen: 'admin', section: 'sites' };
  if (/agent|people|person/i.test(code)) return { screen: 'admin', section: 'people' };
  if (/contract|scc/i.test(code)) return { screen: 'admin', section: 'contracts' };
  return { screen: 'admin', section: 'customer' };
}

export function MissingNote({ missing }: { readonly missing: readonly string[] }) {
  const { t, named } = useMessages();
  const lacking = missing.filter((code) => !isAlarm(code));
  if (lacking.length === 0) return undefined;
  return (
    <Banner tone="warn">
      <p>{t('missing.title')}</p>
      <ul className="missing">
        {lacking.map((code) => (
          <li key={code}>
            <Link to={placeOf(code)}>{named(`missing.${code}`, code)}</Link>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
