/** Earlier editions: who made them, who put them in force, and why. */

import type { EditionShown } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { Table } from '../parts/table.js';

export function RegisterHistory({ history }: { readonly history: readonly EditionShown[] }) {
  const { t, dateTime } = useMessages();
  return (
    <details>
      <summary>{t('register.history')}</summary>
      <Table
        label={t('register.history')}
        columns={['#', t('register.state'), t('register.propose'), t('register.approve'), t('register.note')]}
      >
        {history.map((each) => (
          <tr key={each.editionId}>
            <th scope="row">{each.number}</th>
            <td>{each.state === 'proposed' ? '' : t(`register.state.${each.state}`)}</td>
            <td>
              {each.proposedBy ?? t('register.notAnybody')}
              <span className="sub">{dateTime(each.proposedAt)}</span>
            </td>
            <td>
              {each.decidedBy ?? '–'}
              {each.decidedAt === undefined ? undefined : (
                <span className="sub">{dateTime(each.decidedAt)}</span>
              )}
            </td>
            <td>{each.note}</td>
          </tr>
        ))}
      </Table>
    </details>
  );
}
