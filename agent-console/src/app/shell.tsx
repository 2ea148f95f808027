/** The console's frame: the rail on the left, what is wrong on top, and the screen. */

import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { AdminPage } from '../admin/admin-page.js';
import { SitePage } from '../admin/site-page.js';
import { CallsHeard } from '../engagement/call/calls-heard.js';
import { EngagementScreen } from '../engagement/engagement-screen.js';
import { useMessages } from '../messages/use-messages.js';
import { Empty, Page } from '../parts/page.js';
import { QueuePage } from '../queue/queue-page.js';
import { RecordPage } from '../records/record-page.js';
import { RecordsPage } from '../records/records-page.js';
import { CasePage } from '../rights/case-page.js';
import { RightsPage } from '../rights/rights-page.js';
import { StatisticsPage } from '../statistics/statistics-page.js';
import { useApp } from './app-context.js';
import { DeskNotices } from './desk-notices.js';
import { Rail } from './rail.js';
import { RoomNotices } from './room-notices.js';
import type { Route } from './router.js';
import { go, route } from './router.js';
import { StatusBar } from './status-bar.js';
import { useStore } from './store.js';

export function Shell({ isAtDesk }: { readonly isAtDesk: boolean }) {
  const { t } = useMessages();
  const current = useStore(route);
  // Officers who take no engagements begin where their work is.
  useEffect(() => {
    if (!isAtDesk && current.screen === 'queue') go({ screen: 'admin', section: 'customer' }, 'replace');
    if (current.screen === 'signUp' || current.screen === 'restore') go({ screen: 'queue' }, 'replace');
  }, [isAtDesk, current]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <Rail current={current} isAtDesk={isAtDesk} />
      <div className="shell-main">
        <StatusBar isAtDesk={isAtDesk} />
        <CallsHeard />
        <main id="main" className={current.screen === 'engagement' ? 'main main-full' : 'main'} tabIndex={-1}>
          <Screen current={current} />
        </main>
      </div>
      <DeskNotices />
      <RoomNotices />
    </div>
  );
}

function Screen({ current }: { readonly current: Route }): ReactNode {
  const { me } = useApp();
  const { t } = useMessages();
  const isOfficer = me.roles.includes('officer');
  switch (current.screen) {
    case 'queue':
      return <QueuePage />;
    case 'engagement':
      return <EngagementScreen key={current.id} id={current.id} />;
    case 'records':
      return <RecordsPage />;
    case 'record':
      return <RecordPage key={current.id} id={current.id} />;
    case 'admin':
      if (isOfficer) return <AdminPage key={current.section} section={current.section} />;
      break;
    case 'statistics':
      if (isOfficer || me.roles.includes('supervisor')) return <StatisticsPage />;
      break;
    case 'rights':
      if (isOfficer) return <RightsPage />;
      break;
    case 'case':
      if (isOfficer) return <CasePage key={current.id} id={current.id} />;
      break;
    case 'site':
      if (isOfficer) return <SitePage key={current.id} id={current.id} tab={current.tab} />;
      break;
    default:
  }
  return (
    <Page title={t('notFound.title')}>
      <Empty title={t('notFound.text')} />
    </Page>
  );
}
