/** What authorities demand: two officers approve before anything is handed out, and a report counts without names. */

import type { DisclosureCounted, DisclosureShown } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge, Banner } from '../parts/banner.js';
import { Loaded } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useLoaded } from '../parts/use-loaded.js';
import { DisclosureDialogue } from './add-disclosure.js';
import { AddedList } from './added-list.js';
import { DisclosureActs } from './disclosure-acts.js';

export function DisclosuresSection() {
  const { api } = useApp();
  const report = useLoaded('disclosure-report', () =>
    api.get<readonly DisclosureCounted[]>('/disclosures/report'),
  );
  return (
    <>
      <AddedList<DisclosureShown> of="disclosures" dialogue={DisclosureDialogue} onChanged={report.reload}>
        {(list, onChanged) => <Demands list={list} onChanged={onChanged} />}
      </AddedList>
      <Loaded from={report}>
        {(rows) => (rows.length === 0 ? undefined : <YearlyReport rows={rows} />)}
      </Loaded>
    </>
  );
}

function Demands({
  list,
  onChanged,
}: {
  readonly list: readonly DisclosureShown[];
  readonly onChanged: () => void;
}) {
  const { t, country, date, day } = useMessages();
  return (
    <>
      {list.every((each) => each.holds) ? undefined : (
        <Banner tone="bad" role="alert">
          {t('disclosures.broken')}
        </Banner>
      )}
      <Table
        label={t('admin.disclosures')}
        columns={[
          t('disclosures.authority'),
          t('disclosures.ground'),
          t('disclosures.scope'),
          t('disclosures.state'),
        ]}
      >
        {list.map((each) => (
          <tr key={each.disclosureId}>
            <th scope="row">
              {each.authority}
              <span className="sub">{country(each.country)}</span>
              <span className="sub">
                {each.instrument} · {day(each.receivedOn)}
              </span>
            </th>
            <td>
              {t(`disclosures.ground.${each.ground}`)}
              {each.groundReference === undefined ? undefined : (
                <span className="sub">{each.groundReference}</span>
              )}
            </td>
            <td>
              {each.scope}
              <span className="sub">
                {t('disclosures.conversations', { count: each.engagementIds.length })}
              </span>
            </td>
            <td>
              <Badge tone={each.state === 'approved' ? 'warn' : 'quiet'}>
                {t(`disclosures.state.${each.begun === undefined ? each.state : 'begun'}`)}
              </Badge>
              {each.begun === undefined ? undefined : (
                <span className="sub">{t('disclosures.begun', { date: date(each.begun.at) })}</span>
              )}
              {each.approvals.map(({ by, at }) => (
                <span key={by} className="sub">
                  {t('disclosures.approvedBy', { by, date: date(at) })}
                </span>
              ))}
              <Telling {...each} />
              {each.outcome === undefined ? undefined : <span className="sub">{each.outcome}</span>}
              <DisclosureActs disclosure={each} onChanged={onChanged} />
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function Telling({ tellsOn, toldAt, state }: DisclosureShown) {
  const { t, date, day } = useMessages();
  // Nothing was handed out that anybody could be told of.
  if (state === 'refused') return undefined;
  if (toldAt !== undefined)
    return <span className="sub">{t('disclosures.toldAt', { date: date(toldAt) })}</span>;
  if (tellsOn === undefined) return undefined;
  return (
    <span className="sub">
      {t('disclosures.tellsOn')} {day(tellsOn)}
    </span>
  );
}

function YearlyReport({ rows }: { readonly rows: readonly DisclosureCounted[] }) {
  const { t, country } = useMessages();
  return (
    <Card title={t('disclosures.report')}>
      <p>{t('disclosures.reportText')}</p>
      <Table
        label={t('disclosures.report')}
        columns={[
          t('disclosures.year'),
          t('disclosures.country'),
          { name: t('disclosures.demanded'), look: 'number' },
          { name: t('disclosures.state.begun'), look: 'number' },
          { name: t('disclosures.state.disclosed'), look: 'number' },
          { name: t('disclosures.state.refused'), look: 'number' },
        ]}
      >
        {rows.map((each) => (
          <tr key={`${each.year} ${each.country}`}>
            <th scope="row">{each.year}</th>
            <td>{country(each.country)}</td>
            <td className="number">{each.demanded}</td>
            <td className="number">{each.begun}</td>
            <td className="number">{each.disclosed}</td>
            <td className="number">{each.refused}</td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}
