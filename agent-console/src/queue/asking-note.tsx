/** That the visitor is being asked whether this agent may see it where they work, and a no. */

import { useApp } from '../app/app-context.js';
import { useStore } from '../app/store.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';

export function AskingNote() {
  const { desk } = useApp();
  const { t } = useMessages();
  const asking = useStore(desk.asking);
  if (asking === undefined) return undefined;
  if (asking === 'asked') return <Banner role="status">{t('asked.asked')}</Banner>;
  return (
    <Banner
      tone={asking === 'agreed' ? 'info' : 'warn'}
      action={
        <Button size="small" tone="quiet" onClick={() => desk.asking.set(undefined)}>
          {t('act.dismiss')}
        </Button>
      }
    >
      {t(`asked.${asking}`)}
    </Banner>
  );
}
