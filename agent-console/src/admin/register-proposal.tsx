/** An edition that waits for another officer: what it changes, line by line, and the decision. */

import type { EditionChange, RegisterShown } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { FailureNote } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useBusy } from '../parts/use-busy.js';

type Proposed = NonNullable<RegisterShown['proposed']>;

export function RegisterProposal({
  proposed,
  onDecided,
}: {
  readonly proposed: Proposed;
  readonly onDecided: () => void;
}) {
  const { api } = useApp();
  const { t, date } = useMessages();
  const { busy, failure, run } = useBusy();
  const { editionId, own, changes, note, proposedBy, proposedAt } = proposed;
  const decide = async (how: 'approval' | 'rejection'): Promise<void> => {
    const decided = await run(() => api.post<RegisterShown>(`/register/editions/${editionId}/${how}`, {}));
    if (!decided.ok) return;
    announce(t(how === 'approval' ? 'register.approved' : 'register.rejected'));
    onDecided();
  };
  return (
    <Card title={t('register.proposedTitle')}>
      <p>{t('register.proposedBy', { name: proposedBy ?? '', date: date(proposedAt) })}</p>
      <p>
        {t('register.note')}: {note}
      </p>
      {changes.length === 0 ? <p>{t('register.noChanges')}</p> : <Changes changes={changes} />}
      {own ? <p>{t('register.own')}</p> : undefined}
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
      <div className="section-acts row-acts">
        <Button busy={busy} onClick={() => void decide('rejection')}>
          {t(own ? 'register.takeBack' : 'register.reject')}
        </Button>
        {own ? undefined : (
          <Button tone="primary" busy={busy} onClick={() => void decide('approval')}>
            {t('register.approve')}
          </Button>
        )}
      </div>
    </Card>
  );
}

function Changes({ changes }: { readonly changes: readonly EditionChange[] }) {
  const { t } = useMessages();
  const columns = [t('transfers.flow'), t('register.row'), t('register.before'), t('register.after')];
  return (
    <Table label={t('register.proposedTitle')} columns={columns}>
      {changes.map(({ what, list, row, before, after }) => (
        <tr key={`${list} ${row}`}>
          <th scope="row">
            {t(`register.list.${list}`)}
            <span className="sub">{t(`register.change.${what}`)}</span>
          </th>
          <td>{row}</td>
          <td>{before ?? '–'}</td>
          <td>{after ?? '–'}</td>
        </tr>
      ))}
    </Table>
  );
}
