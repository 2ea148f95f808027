/** Who did what, newest first. */

import type { AuditListed } from '@alongside/protocol';
import { useCallback, useEffect, useState } from 'react';
import { useApp } from '../app/app-context.js';
import type { Failure } from '../app/failure.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { FailureNote, Skeleton } from '../parts/loaded.js';
import { Empty } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { EmergenciesCard } from './emergencies-card.js';
import { ProofNote } from './proof-note.js';

const PAGE = 50;

export function AuditSection() {
  const { api } = useApp();
  const { t, named, dateTime } = useMessages();
  const [rows, setRows] = useState<readonly AuditListed[]>();
  const [hasMore, setHasMore] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const load = useCallback(
    async (after: readonly AuditListed[]): Promise<void> => {
      setFailure(undefined);
      const last = after.at(-1);
      const loaded = await api.get<readonly AuditListed[]>(
        last === undefined ? '/audit' : `/audit?before=${last.number}`,
      );
      if (!loaded.ok) return setFailure(loaded.failure);
      setRows([...after, ...loaded.value]);
      setHasMore(loaded.value.length >= PAGE);
    },
    [api],
  );
  useEffect(() => void load([]), [load]);
  if (failure !== undefined) return <FailureNote failure={failure} onRetry={() => void load(rows ?? [])} />;
  if (rows === undefined) return <Skeleton />;
  if (rows.length === 0) return <Empty title={t('audit.none')} />;
  return (
    <>
      <ProofNote />
      <EmergenciesCard />
      <Table
        label={t('admin.audit')}
        columns={[t('records.column.when'), t('audit.who'), t('audit.what'), t('audit.subject')]}
      >
        {rows.map((row) => (
          <tr key={row.number}>
            <td className="when">{dateTime(row.at)}</td>
            <th scope="row">{row.actor}</th>
            <td>{named(`audit.${row.action}`, row.action)}</td>
            <td className="details">{row.subject}</td>
          </tr>
        ))}
      </Table>
      {hasMore ? <Button onClick={() => void load(rows)}>{t('records.more')}</Button> : undefined}
    </>
  );
}
