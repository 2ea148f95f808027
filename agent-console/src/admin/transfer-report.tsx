/** What flows where on which basis, and what lost it: with what an officer decides of suspended rows. */

import type { LapseShown, OnwardShown, TransferReport } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge, Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { Loaded } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useLoaded } from '../parts/use-loaded.js';
import { LapseActs } from './lapse-acts.js';
import { downloadJson } from './register-file.js';

export function TransferReportView() {
  const { api } = useApp();
  const report = useLoaded('transfers', () => api.get<TransferReport>('/transfers'));
  return <Loaded from={report}>{(shown) => <Report report={shown} onChanged={report.reload} />}</Loaded>;
}

function Report({ report, onChanged }: { readonly report: TransferReport; readonly onChanged: () => void }) {
  const { t } = useMessages();
  const { lapses, flows, onward, decisionsIntact } = report;
  return (
    <>
      {decisionsIntact ? undefined : <Banner tone="bad">{t('transfers.notIntact')}</Banner>}
      <Card title={t('transfers.lapses')}>
        {lapses.length === 0 ? (
          <p>{t('transfers.lapsesNone')}</p>
        ) : (
          <Lapses lapses={lapses} onChanged={onChanged} />
        )}
      </Card>
      {onward.length === 0 ? undefined : (
        <Card title={t('transfers.onward')}>
          <Onward onward={onward} />
        </Card>
      )}
      <Card title={t('transfers.flows')}>
        <Flows flows={flows} />
        {decisionsIntact ? <p>{t('transfers.intact')}</p> : undefined}
        <Button onClick={() => downloadJson('transfers.json', report)}>{t('transfers.download')}</Button>
      </Card>
    </>
  );
}

function Flows({ flows }: Pick<TransferReport, 'flows'>) {
  const { t, named } = useMessages();
  const place = usePlace();
  return (
    <Table
      label={t('transfers.flows')}
      columns={[t('transfers.flow'), t('transfers.from'), t('transfers.to'), t('transfers.basis')]}
    >
      {flows.map((flow) => {
        const fill = { from: place(flow.fromCountry), to: place(flow.toCountry) };
        return (
          <tr key={flow.decisionId}>
            <th scope="row">
              {t(`transfers.class.${flow.dataClass}`)}
              <span className="sub">{t(`transfers.access.${flow.access}`)}</span>
            </th>
            <td>{fill.from}</td>
            <td>{fill.to}</td>
            <td>
              {flow.basis === undefined ? (
                <>
                  <Badge tone="warn">{t('transfers.refused')}</Badge>{' '}
                  {named(`failure.reason.${flow.reason ?? ''}`, flow.reason ?? '')}
                </>
              ) : (
                t(`basis.${flow.basis}`, fill)
              )}
              {flow.reference === undefined ? undefined : <span className="sub">{flow.reference}</span>}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

function Onward({ onward }: { readonly onward: readonly OnwardShown[] }) {
  const { t, dateTime } = useMessages();
  const place = usePlace();
  return (
    <Table
      label={t('transfers.onward')}
      columns={[
        ...[t('transfers.onwardTo'), t('transfers.basis'), t('transfers.onwardLast')],
        { name: t('transfers.onwardRows'), look: 'number' },
      ]}
    >
      {onward.map(({ decisionId, recipient, purpose, basis, fromCountry, toCountry, rows, lastAt }) => (
        <tr key={`${recipient} ${decisionId}`}>
          <th scope="row">
            {recipient}
            <span className="sub">{purpose}</span>
          </th>
          <td>{t(`basis.${basis}`, { from: place(fromCountry), to: place(toCountry) })}</td>
          <td>{dateTime(lastAt)}</td>
          <td className="number">{rows}</td>
        </tr>
      ))}
    </Table>
  );
}

function Lapses({
  lapses,
  onChanged,
}: {
  readonly lapses: readonly LapseShown[];
  readonly onChanged: () => void;
}) {
  const { t } = useMessages();
  const columns = [
    ...[t('transfers.flow'), t('transfers.rows'), t('transfers.basis'), t('register.state')],
    { name: t('transfers.erase'), look: 'unseen' as const },
  ];
  return (
    <Table label={t('transfers.lapses')} columns={columns}>
      {lapses.map((lapse) => (
        <Lapse key={lapse.lapseId} lapse={lapse} onChanged={onChanged} />
      ))}
    </Table>
  );
}

function Lapse({ lapse, onChanged }: { readonly lapse: LapseShown; readonly onChanged: () => void }) {
  const { t, date, dateTime } = useMessages();
  const place = usePlace();
  const { state, beganAt, coveredFrom, deadline, basisBefore, basisNow } = lapse;
  const fill = { from: place(lapse.fromCountry), to: place(lapse.toCountry) };
  return (
    <tr>
      <th scope="row">{t(`transfers.class.${lapse.dataClass}`)}</th>
      <td>{lapse.rows}</td>
      <td>
        {t(`basis.${basisBefore}`, fill)}
        {basisNow === undefined ? undefined : <span className="sub">{t(`basis.${basisNow}`, fill)}</span>}
      </td>
      <td>
        {state !== 'SUSPENDED'
          ? t(`transfers.state.${state}`)
          : lapse.actedAt === undefined
            ? t('transfers.state.SUSPENDED', { date: date(deadline) })
            : t('transfers.state.held')}
        <span className="sub">
          {coveredFrom === undefined
            ? t('transfers.uncoveredSince', { from: dateTime(beganAt) })
            : t('transfers.uncovered', { from: dateTime(beganAt), to: dateTime(coveredFrom) })}
        </span>
        {lapse.actedBy === undefined ? undefined : <span className="sub">{lapse.actedBy}</span>}
      </td>
      <td>
        {lapse.current && state === 'SUSPENDED' && lapse.actedAt === undefined ? (
          <LapseActs lapse={lapse} onDone={onChanged} />
        ) : undefined}
      </td>
    </tr>
  );
}

/** `ZZ` stands for a country that is not known. */
function usePlace(): (code: string) => string {
  const { t, country } = useMessages();
  return (code) => (code === 'ZZ' ? t('transfers.unknown') : country(code));
}
