/** What is kept from being purged or erased, for which case and until when; each can be lifted before. */

import type { HoldShown } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Link } from '../parts/link.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';

export function HoldsSection() {
  const { api } = useApp();
  const { t } = useMessages();
  const holds = useLoaded('holds', () => api.get<readonly HoldShown[]>('/holds'));
  return (
    <Card title={t('holds.title')}>
      <p>{t('holds.intro')}</p>
      <Loaded from={holds}>
        {(list) =>
          list.length === 0 ? <p>{t('holds.none')}</p> : <Holds list={list} onLifted={holds.reload} />
        }
      </Loaded>
    </Card>
  );
}

function Holds({ list, onLifted }: { readonly list: readonly HoldShown[]; readonly onLifted: () => void }) {
  const { api } = useApp();
  const { t, day } = useMessages();
  const act = useBusy();
  const lift = async ({ holdId }: HoldShown): Promise<void> => {
    const lifted = await act.run(() => api.delete<HoldShown>(`/holds/${holdId}`));
    if (lifted.ok) onLifted();
  };
  const isOver = ({ until, liftedAt }: HoldShown) => liftedAt !== undefined || until <= Date.now();
  return (
    <>
      <Table
        label={t('holds.title')}
        columns={[
          t('holds.case'),
          t('holds.law'),
          t('holds.until'),
          t('rights.about'),
          { name: t('holds.lift'), look: 'unseen' },
        ]}
      >
        {list.map((each) => (
          <tr key={each.holdId}>
            <th scope="row">{each.isRestored ? t('holds.restored') : each.caseReference}</th>
            <td>{each.law}</td>
            <td className="when">{day(each.until)}</td>
            <td>
              <Link to={{ screen: 'record', id: each.engagementId }}>{t('rights.openRecord')}</Link>
            </td>
            <td>
              {isOver(each) ? (
                <Badge tone="quiet">{t('holds.over')}</Badge>
              ) : (
                <Button size="small" busy={act.busy} onClick={() => void lift(each)}>
                  {t('holds.lift')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {act.failure === undefined ? undefined : <FailureNote failure={act.failure} />}
    </>
  );
}
