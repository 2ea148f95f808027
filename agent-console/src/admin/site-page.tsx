/** One site: its settings, its notice, its survey, and the line to paste. */

import type { SiteShown } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import type { SiteTab } from '../app/router.js';
import { siteTabs } from '../app/router.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Banner } from '../parts/banner.js';
import { CopyLine } from '../parts/copy-line.js';
import { Link } from '../parts/link.js';
import { Loaded } from '../parts/loaded.js';
import { Card, Page } from '../parts/page.js';
import { useLoaded } from '../parts/use-loaded.js';
import { NoticeEditor } from './notice-editor.js';
import { SiteForm } from './site-form.js';
import { SitePreview } from './site-preview.js';
import { SurveyEditor } from './survey-editor.js';

export function SitePage({ id, tab }: { readonly id: string; readonly tab: SiteTab }) {
  const { api } = useApp();
  const { t } = useMessages();
  const path = `/sites/${encodeURIComponent(id)}`;
  const site = useLoaded(id, () => api.get<SiteShown>(path));
  const title = site.state === 'loaded' ? site.value.name : t('sites.title');
  return (
    <Page
      title={title}
      lead={
        <Link to={{ screen: 'admin', section: 'sites' }} className="back">
          {t('admin.sites')}
        </Link>
      }
    >
      <nav className="tabs" aria-label={title}>
        {siteTabs.map((each) => (
          <Link key={each} to={{ screen: 'site', id, tab: each }} current={each === tab} className="tab">
            {t(`site.${each}`)}
          </Link>
        ))}
      </nav>
      <Loaded from={site}>
        {(shown) => (
          <>
            {shown.noticeVersion === undefined && tab !== 'notice' ? (
              <Banner
                tone="warn"
                action={<Link to={{ screen: 'site', id, tab: 'notice' }}>{t('site.writeNotice')}</Link>}
              >
                {t('site.needsNotice')}
              </Banner>
            ) : undefined}
            {tab === 'settings' ? (
              <Card>
                <SiteForm
                  site={shown}
                  submit={t('act.save')}
                  send={(body) => api.put<SiteShown>(path, body)}
                  onSaved={(saved) => {
                    announce(t('form.saved'));
                    if (site.state === 'loaded') site.set(saved);
                  }}
                />
              </Card>
            ) : undefined}
            {tab === 'notice' ? <NoticeEditor site={shown} onPublished={site.reload} /> : undefined}
            {tab === 'survey' ? <SurveyEditor site={shown} onPublished={site.reload} /> : undefined}
            {tab === 'snippet' ? <Snippet site={shown} /> : undefined}
            {tab === 'preview' ? <SitePreview site={shown} /> : undefined}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Snippet({ site }: { readonly site: SiteShown }) {
  const { t } = useMessages();
  return (
    <Card title={t('snippet.title')}>
      <p>{t('snippet.text')}</p>
      <CopyLine label={t('snippet.label')} text={site.snippet} />
      <p className="sub">{t('snippet.origins', { origins: site.origins.join(', ') })}</p>
      <p className="sub">{t('snippet.policy')}</p>
      <p className="sub">{t('snippet.marks')}</p>
      <CopyLine label={t('snippet.ask')} text={`${location.origin}/ask/${site.siteKey}`} />
    </Card>
  );
}
