/** The officers' work list: what people ask by their rights, what is due first at the top, and what each waits for. */

import type { CaseListed } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Badge, Banner } from '../parts/banner.js';
import { CheckField } from '../parts/field.js';
import { Link } from '../parts/link.js';
import { Loaded } from '../parts/loaded.js';
import { Empty, Page } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useLoaded } from '../parts/use-loaded.js';
import { HoldsSection } from './holds-section.js';
import { RecordRequest } from './record-request.js';

export function RightsPage() {
  const { api } = useApp();
  const { t } = useMessages();
  const cases = useLoaded('cases', () => api.get<readonly CaseListed[]>('/rights'));
  return (
    <Page title={t('rights.title')} intro={t('rights.intro')}>
      <RecordRequest onRecorded={cases.reload} />
      <Loaded from={cases}>{(list) => <Cases list={list} />}</Loaded>
      <HoldsSection />
    </Page>
  );
}

function Cases({ list }: { readonly list: readonly CaseListed[] }) {
  const { t, plural } = useMessages();
  const [withClosed, setWithClosed] = useState(false);
  const open = list.filter(({ state }) => state !== 'closed');
  const late = open.filter((each) => each.late).length;
  const shown = withClosed ? list : open;
  return (
    <>
      {late === 0 ? undefined : <Banner tone="bad">{plural('rights.late', late)}</Banner>}
      {shown.length === 0 ? (
        <Empty title={t('rights.none')}>{t('rights.noneText')}</Empty>
      ) : (
        <CasesTable list={shown} />
      )}
      {list.length === open.length ? undefined : (
        <CheckField label={t('rights.withClosed')} checked={withClosed} onChecked={setWithClosed} />
      )}
    </>
  );
}

function CasesTable({ list }: { readonly list: readonly CaseListed[] }) {
  const { t, date } = useMessages();
  return (
    <Table
      label={t('rights.title')}
      columns={[
        t('rights.kind'),
        t('rights.received'),
        t('rights.due'),
        t('rights.missing'),
        t('rights.state'),
      ]}
    >
      {list.map((each) => (
        <tr key={each.caseId}>
          <th scope="row">
            <Link to={{ screen: 'case', id: each.caseId }}>{t(`rights.kind.${each.kind}`)}</Link>
            <span className="sub">{t(`rights.cameBy.${each.cameBy}`)}</span>
          </th>
          <td className="when">{date(each.receivedAt)}</td>
          <td>
            <Due listed={each} />
          </td>
          <td>{each.missing.map((what) => t(`rights.missing.${what}`)).join(', ') || '–'}</td>
          <td>
            <Badge tone={each.state === 'closed' ? 'quiet' : 'info'}>{t(`rights.state.${each.state}`)}</Badge>
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Due({ listed: { nextDue, late } }: { readonly listed: CaseListed }) {
  const { t, day } = useMessages();
  if (nextDue === undefined) return <>–</>;
  return (
    <>
      {day(nextDue.at)} {late ? <Badge tone="bad">{t('rights.isLate')}</Badge> : undefined}
      <span className="sub">{t(`rights.clock.${nextDue.clock}`)}</span>
    </>
  );
}
