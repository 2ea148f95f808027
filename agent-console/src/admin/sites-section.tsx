/** The customer's sites: what each still lacks, and a new one. */

import type { SiteShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { go } from '../app/router.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Link } from '../parts/link.js';
import { Loaded } from '../parts/loaded.js';
import { Modal } from '../parts/modal.js';
import { Empty } from '../parts/page.js';
import { useLoaded } from '../parts/use-loaded.js';
import { SiteForm } from './site-form.js';

export function SitesSection() {
  const { api } = useApp();
  const { t } = useMessages();
  const [adds, setAdds] = useState(false);
  const sites = useLoaded('sites', () => api.get<readonly SiteShown[]>('/sites'));
  return (
    <>
      <div className="section-acts">
        <Button tone="primary" icon="plus" onClick={() => setAdds(true)}>
          {t('sites.add')}
        </Button>
      </div>
      <Loaded from={sites}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('sites.none')}>{t('sites.noneText')}</Empty>
          ) : (
            <ul className="cards">
              {list.map((site) => (
                <SiteCard key={site.siteId} site={site} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {adds ? (
        <Modal title={t('sites.add')} description={t('sites.addText')} onClose={() => setAdds(false)} wide>
          <SiteForm
            submit={t('sites.create')}
            send={(body) => api.post<SiteShown>('/sites', body)}
            onSaved={(site) => go({ screen: 'site', id: site.siteId, tab: 'notice' })}
          />
        </Modal>
      ) : undefined}
    </>
  );
}

function SiteCard({ site }: { readonly site: SiteShown }) {
  const { t } = useMessages();
  return (
    <li className="card site-card">
      <h2>
        <Link to={{ screen: 'site', id: site.siteId, tab: 'settings' }}>{site.name}</Link>
      </h2>
      <p className="site-origins">{site.origins.join(', ')}</p>
      <p className="site-badges">
        <Badge tone={site.masking.text === 'masked' ? 'good' : 'warn'}>
          {t(`masking.${site.masking.text}`)}
        </Badge>
        {site.noticeVersion === undefined ? (
          <Badge tone="bad">{t('sites.noNotice')}</Badge>
        ) : (
          <Badge tone="quiet">{t('sites.noticeVersion', { version: site.noticeVersion })}</Badge>
        )}
        {site.surveyVersion === undefined ? (
          <Badge tone="quiet">{t('sites.noSurvey')}</Badge>
        ) : (
          <Badge tone="quiet">{t('sites.surveyVersion', { version: site.surveyVersion })}</Badge>
        )}
      </p>
    </li>
  );
}
