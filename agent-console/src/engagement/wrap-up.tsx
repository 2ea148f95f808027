/** After the end: what is over, what stays, and closing the engagement. */

import { useApp } from '../app/app-context.js';
import { go } from '../app/router.js';
import { useStore } from '../app/store.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { Link } from '../parts/link.js';
import { FailureNote } from '../parts/loaded.js';
import { useBusy } from '../parts/use-busy.js';
import type { EngagementRoom } from './engagement-room.js';
import { useMay } from './use-may.js';

export function WrapUp({ room }: { readonly room: EngagementRoom }) {
  const { desk } = useApp();
  const { t, time } = useMessages();
  const { ended } = useStore(room.view);
  const may = useMay(room);
  const { busy, failure, run } = useBusy();
  const finish = async (): Promise<void> => {
    const done = await run(() => desk.finish(room.id));
    if (done.ok) go({ screen: 'queue' });
  };
  return (
    <div className="wrap-up">
      <h2>{t('wrapUp.title')}</h2>
      {ended === undefined ? undefined : (
        <p>
          {t(`ended.${ended.reason}`)} {t('wrapUp.at', { time: time(ended.at) })}
        </p>
      )}
      <p>{t('wrapUp.text')}</p>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      <div className="wrap-up-acts">
        {may('engagement:close') ? (
          <Button tone="primary" busy={busy} onClick={() => void finish()}>
            {t('wrapUp.finish')}
          </Button>
        ) : undefined}
        <Link to={{ screen: 'record', id: room.id }}>{t('engagement.seeRecord')}</Link>
      </div>
    </div>
  );
}
