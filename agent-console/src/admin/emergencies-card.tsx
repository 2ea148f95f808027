/** What operators opened in an emergency: officers see it, end it, and say that they have seen it. */

import type { EmergencyShown } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';

export function EmergenciesCard() {
  const { api } = useApp();
  const loaded = useLoaded('emergencies', () => api.get<readonly EmergencyShown[]>('/emergencies'));
  return (
    <Loaded from={loaded}>
      {(list) => (list.length === 0 ? undefined : <Emergencies list={list} onChanged={loaded.reload} />)}
    </Loaded>
  );
}

function Emergencies({
  list,
  onChanged,
}: {
  readonly list: readonly EmergencyShown[];
  readonly onChanged: () => void;
}) {
  const { t, country, dateTime } = useMessages();
  return (
    <Card title={t('emergencies.title')}>
      <p>{t('emergencies.text')}</p>
      <Table
        label={t('emergencies.title')}
        columns={[
          t('emergencies.operator'),
          t('emergencies.reason'),
          t('emergencies.time'),
          { name: t('emergencies.acts'), look: 'unseen' },
        ]}
      >
        {list.map((each) => (
          <tr key={each.accessId}>
            <th scope="row">
              {each.operator}
              <span className="sub">{country(each.country)}</span>
            </th>
            <td>
              {each.reason}
              <span className="sub">{each.ticket}</span>
            </td>
            <td>
              {dateTime(each.openedAt)}
              <span className="sub">
                {t(each.open ? 'emergencies.open' : 'emergencies.over', { until: dateTime(each.until) })}
              </span>
            </td>
            <td>
              <Acts access={each} onChanged={onChanged} />
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function Acts({ access, onChanged }: { readonly access: EmergencyShown; readonly onChanged: () => void }) {
  const { api } = useApp();
  const { t } = useMessages();
  const { busy, failure, run } = useBusy();
  const path = `/emergencies/${access.accessId}`;
  const see = async (): Promise<void> => {
    if ((await run(() => api.post(`${path}/seen`, {}))).ok) onChanged();
  };
  const end = async (): Promise<void> => {
    if (!(await run(() => api.delete(path))).ok) return;
    announce(t('emergencies.ended'));
    onChanged();
  };
  return (
    <>
      <div className="row-acts">
        {access.open ? (
          <Button size="small" tone="danger" busy={busy} onClick={() => void end()}>
            {t('emergencies.end')}
          </Button>
        ) : undefined}
        {access.seenAt === undefined ? (
          <Button size="small" busy={busy} onClick={() => void see()}>
            {t('emergencies.see')}
          </Button>
        ) : undefined}
      </div>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
    </>
  );
}
