/** Finished months in figures, site by site: what is too small to be shown is a dash, and choosing adds nothing up. */

import { type FigureName, figureNames, type StatisticsCell, type StatisticsShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { clockSpan } from '../messages/formats.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { SelectField } from '../parts/field.js';
import { Loaded } from '../parts/loaded.js';
import { Empty, Page } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useLoaded } from '../parts/use-loaded.js';

export function StatisticsPage() {
  const { api } = useApp();
  const { t } = useMessages();
  const statistics = useLoaded('statistics', () => api.get<StatisticsShown>('/statistics'));
  return (
    <Page title={t('statistics.title')} intro={t('statistics.intro')}>
      <Loaded from={statistics}>
        {({ cells, least }) =>
          cells.length === 0 ? (
            <Empty title={t('statistics.none')}>{t('statistics.noneText')}</Empty>
          ) : (
            <Months cells={cells} least={least} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Months({ cells, least }: { readonly cells: readonly StatisticsCell[]; readonly least: number }) {
  const { t } = useMessages();
  const [site, setSite] = useState('');
  const sites = [...new Map(cells.map(({ siteId, siteName }) => [siteId, siteName]))];
  const shown = site === '' ? cells : cells.filter(({ siteId }) => siteId === site);
  return (
    <>
      {sites.length < 2 ? undefined : (
        <search className="filters">
          <SelectField label={t('records.column.site')} value={site} onText={setSite}>
            <option value="">{t('statistics.allSites')}</option>
            {sites.map(([siteId, name]) => (
              <option key={siteId} value={siteId}>
                {name}
              </option>
            ))}
          </SelectField>
        </search>
      )}
      <FiguresTable cells={shown} />
      <Banner>{t('statistics.rule', { least })}</Banner>
    </>
  );
}

function FiguresTable({ cells }: { readonly cells: readonly StatisticsCell[] }) {
  const { t, month } = useMessages();
  const number = (name: string) => ({ name, look: 'number' }) as const;
  return (
    <Table
      label={t('statistics.title')}
      columns={[
        t('statistics.month'),
        t('records.column.site'),
        ...figureNames.map((name) => number(t(`statistics.${name}`))),
        number(t('statistics.rating')),
        number(t('statistics.wait')),
      ]}
    >
      {cells.map((cell) => (
        <tr key={`${cell.month} ${cell.siteId}`}>
          <th scope="row">{month(cell.month)}</th>
          <td>{cell.siteName}</td>
          {figureNames.map((name) => (
            <Figure key={name} value={figureOf(cell, name)} />
          ))}
          <Figure value={cell.rating?.toFixed(1)} />
          <Figure value={cell.waitMs === undefined ? undefined : clockSpan(cell.waitMs)} />
        </tr>
      ))}
    </Table>
  );
}

function figureOf({ figures }: StatisticsCell, name: FigureName): string | undefined {
  return figures[name]?.toString();
}

function Figure({ value }: { readonly value: string | undefined }) {
  const { t } = useMessages();
  if (value !== undefined) return <td className="number">{value}</td>;
  return (
    <td className="number">
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{t('statistics.hidden')}</span>
    </td>
  );
}
