/** Past and running engagements: searched, filtered, fifty at a time. */

import type { EngagementListed } from '@alongside/protocol';
import { useCallback, useEffect, useState } from 'react';
import { useApp } from '../app/app-context.js';
import type { Failure } from '../app/failure.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { SelectField, TextField } from '../parts/field.js';
import { Link } from '../parts/link.js';
import { FailureNote, Skeleton } from '../parts/loaded.js';
import { Empty, Page } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { pageSize, recordsQuery } from './records-query.js';

const phases = ['', 'waiting', 'active', 'wrapUp', 'closed'] as const;
type PhaseFilter = (typeof phases)[number];

export function RecordsPage() {
  const { t } = useMessages();
  const [search, setSearch] = useState('');
  const [phase, setPhase] = useState<PhaseFilter>('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search.trim()), 300);
    return () => clearTimeout(timer);
  }, [search]);
  return (
    <Page title={t('records.title')} intro={t('records.intro')}>
      <search className="filters">
        <TextField
          label={t('records.search')}
          type="search"
          value={search}
          onText={setSearch}
          maxLength={120}
        />
        <SelectField
          label={t('records.phase')}
          value={phase}
          onText={(text) => setPhase(phases.find((each) => each === text) ?? '')}
        >
          {phases.map((each) => (
            <option key={each} value={each}>
              {each === '' ? t('records.anyPhase') : t(`phase.${each}`)}
            </option>
          ))}
        </SelectField>
      </search>
      <RecordsList key={`${asked}/${phase}`} search={asked} phase={phase} />
    </Page>
  );
}

function RecordsList({ search, phase }: { readonly search: string; readonly phase: PhaseFilter }) {
  const { api } = useApp();
  const { t } = useMessages();
  const [rows, setRows] = useState<readonly EngagementListed[]>();
  const [hasMore, setHasMore] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const load = useCallback(
    async (after: readonly EngagementListed[]): Promise<void> => {
      setBusy(true);
      setFailure(undefined);
      const query = recordsQuery({ search, phase, before: after.at(-1)?.requestedAt });
      const loaded = await api.get<readonly EngagementListed[]>(`/engagements${query}`);
      setBusy(false);
      if (!loaded.ok) return setFailure(loaded.failure);
      setRows([...after, ...loaded.value]);
      setHasMore(loaded.value.length >= pageSize);
    },
    [api, search, phase],
  );
  useEffect(() => void load([]), [load]);
  if (rows === undefined) {
    return failure === undefined ? (
      <Skeleton />
    ) : (
      <FailureNote failure={failure} onRetry={() => void load([])} />
    );
  }
  if (rows.length === 0) {
    const isFiltered = search !== '' || phase !== '';
    return (
      <Empty title={t(isFiltered ? 'records.nothingFound' : 'records.none')}>
        {t(isFiltered ? 'records.tryLess' : 'records.noneText')}
      </Empty>
    );
  }
  return (
    <>
      <RecordsTable rows={rows} />
      {failure === undefined ? undefined : <FailureNote failure={failure} onRetry={() => void load(rows)} />}
      {hasMore ? (
        <Button busy={busy} onClick={() => void load(rows)}>
          {t('records.more')}
        </Button>
      ) : undefined}
    </>
  );
}

function RecordsTable({ rows }: { readonly rows: readonly EngagementListed[] }) {
  const { t, dateTime } = useMessages();
  return (
    <Table
      label={t('records.title')}
      columns={[
        t('records.column.when'),
        t('records.column.visitor'),
        t('records.column.site'),
        t('records.column.agent'),
        { name: t('records.column.lines'), look: 'number' },
        { name: t('records.column.rating'), look: 'number' },
        t('records.column.phase'),
      ]}
    >
      {rows.map((row) => (
        <tr key={row.engagementId}>
          <th scope="row" className="when">
            <Link to={{ screen: 'record', id: row.engagementId }}>{dateTime(row.requestedAt)}</Link>
          </th>
          <td>
            <bdi>{row.visitorName ?? t('visitor.unnamed')}</bdi>
            {row.topic === undefined ? undefined : <bdi className="sub">{row.topic}</bdi>}
          </td>
          <td>{row.siteName}</td>
          <td>{row.agentName ?? '–'}</td>
          <td className="number">{row.lines}</td>
          <td className="number">{row.rating ?? '–'}</td>
          <td>
            <Badge tone={row.phase === 'active' ? 'good' : 'quiet'}>{t(`phase.${row.phase}`)}</Badge>{' '}
            {row.erased ? <Badge tone="warn">{t('records.erased')}</Badge> : undefined}
          </td>
        </tr>
      ))}
    </Table>
  );
}
