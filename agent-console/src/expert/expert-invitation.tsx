/** Before joining: who asks, what will be heard and seen, how the expert is shown, what is kept of them, and devices. */

import type { ExpertLooked } from '@alongside/protocol';
import { useState } from 'react';
import { DevicesBeforeCall } from '../engagement/call/device-trial.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { BasisNote } from '../records/basis-note.js';
import { Gate } from '../session/gate.js';
import type { ExpertVisit } from './expert-visit.js';

export function ExpertInvitation({
  visit,
  looked,
  joining,
}: {
  readonly visit: ExpertVisit;
  readonly looked: ExpertLooked;
  readonly joining: boolean;
}) {
  const { t, country } = useMessages();
  const [tries, setTries] = useState(false);
  const { invitedBy, customerName, siteName, displayName, organisation, basis, months } = looked;
  return (
    <Gate
      title={t('expert.title')}
      intro={t('expert.invites', { agent: invitedBy, customer: customerName, site: siteName })}
    >
      <div className="form expert">
        <ul className="expert-points">
          <li>{t('expert.hears')}</li>
          <li>{t('expert.shown', { name: displayName, organisation })}</li>
          <li>{t('expert.nothingElse')}</li>
        </ul>
        <div className="call-acts">
          <Button tone="primary" icon="phone" busy={joining} onClick={() => visit.join()}>
            {t('expert.join')}
          </Button>
          <Button icon="admin" aria-expanded={tries} disabled={joining} onClick={() => setTries(!tries)}>
            {t('devices.title')}
          </Button>
        </div>
        {tries && !joining ? <DevicesBeforeCall call={visit.call} /> : undefined}
        <p className="field-hint">{t('expert.once')}</p>
        <section aria-labelledby="expert-notice">
          <h2 id="expert-notice">{t('expert.notice')}</h2>
          <p>
            {t('expert.noticeKept', {
              customer: customerName,
              country: country(looked.storageCountry),
              months,
            })}
          </p>
          <p>{t('expert.noticeMedia', { from: country(looked.country) })}</p>
          <BasisNote basis={basis} />
          <p>{t('expert.noticeRights', { customer: customerName })}</p>
        </section>
      </div>
    </Gate>
  );
}
