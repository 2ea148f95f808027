/** How long each class is kept, who looked at that last and when it is due again; and what purges took away. */

import type { PurgeReceiptShown, RetentionShown, RetentionTerm } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Badge } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { TextField } from '../parts/field.js';
import { Link } from '../parts/link.js';
import { Loaded } from '../parts/loaded.js';
import { ModalForm } from '../parts/modal-form.js';
import { Card } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';

export function RetentionSection() {
  const { api } = useApp();
  const { t } = useMessages();
  const retention = useLoaded('retention', () => api.get<RetentionShown>('/retention'));
  return (
    <Loaded from={retention}>
      {({ terms, receipts }) => (
        <>
          <Card title={t('retention.terms')}>
            <Terms terms={terms} onReviewed={retention.reload} />
            <p>
              {t('retention.change')}{' '}
              <Link to={{ screen: 'admin', section: 'customer' }}>{t('admin.customer')}</Link>
            </p>
          </Card>
          <Card title={t('retention.receipts')}>
            <p>{t('retention.receiptsText')}</p>
            {receipts.length === 0 ? <p>{t('retention.noReceipts')}</p> : <Receipts receipts={receipts} />}
          </Card>
        </>
      )}
    </Loaded>
  );
}

function Terms({
  terms,
  onReviewed,
}: {
  readonly terms: readonly RetentionTerm[];
  readonly onReviewed: () => void;
}) {
  const { t, plural, date, day } = useMessages();
  const [reviewed, setReviewed] = useState<RetentionTerm>();
  return (
    <>
      <Table
        label={t('retention.terms')}
        columns={[
          t('retention.class'),
          t('retention.term'),
          t('retention.reviewed'),
          t('retention.due'),
          { name: t('retention.review'), look: 'unseen' },
        ]}
      >
        {terms.map((term) => (
          <tr key={term.dataClass}>
            <th scope="row">{t(`retention.class.${term.dataClass}`)}</th>
            <td>
              {plural('retention.months', term.months)}
              <span className="sub">{t('retention.most', { most: term.most })}</span>
            </td>
            <td>
              {term.reviewed === undefined ? (
                '–'
              ) : (
                <>
                  {date(term.reviewed.at)}
                  <span className="sub">{term.reviewed.by}</span>
                </>
              )}
            </td>
            <td>
              {day(term.reviewDue)}{' '}
              {term.overdue ? <Badge tone="bad">{t('retention.overdue')}</Badge> : undefined}
            </td>
            <td>
              <Button
                size="small"
                tone={term.overdue ? 'primary' : 'plain'}
                onClick={() => setReviewed(term)}
              >
                {t('retention.review')}
              </Button>
            </td>
          </tr>
        ))}
      </Table>
      {reviewed === undefined ? undefined : (
        <ReviewForm
          term={reviewed}
          onDone={() => {
            setReviewed(undefined);
            onReviewed();
          }}
          onClose={() => setReviewed(undefined)}
        />
      )}
    </>
  );
}

const dayIn = (months: number): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString().slice(0, 10);
};

function ReviewForm({
  term,
  onDone,
  onClose,
}: {
  readonly term: RetentionTerm;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { api } = useApp();
  const { t, plural } = useMessages();
  const [nextOn, setNextOn] = useState(dayIn(12));
  const act = useBusy();
  const { dataClass, months } = term;
  const review = async (): Promise<void> => {
    const done = await act.run(() =>
      api.post<RetentionShown>('/retention/reviews', { dataClass, months, nextOn }),
    );
    if (!done.ok) return;
    announce(t('form.saved'));
    onDone();
  };
  return (
    <ModalForm
      title={t('retention.reviewTitle', { what: t(`retention.class.${dataClass}`) })}
      description={t('retention.reviewText', { term: plural('retention.months', months) })}
      submit={t('retention.keep')}
      act={act}
      disabled={nextOn === ''}
      onSubmit={() => void review()}
      onClose={onClose}
    >
      <TextField
        label={t('retention.next')}
        hint={t('retention.nextHint')}
        type="date"
        required
        value={nextOn}
        onText={setNextOn}
      />
    </ModalForm>
  );
}

function Receipts({ receipts }: { readonly receipts: readonly PurgeReceiptShown[] }) {
  const { t, date, dateTime, month } = useMessages();
  return (
    <Table
      label={t('retention.receipts')}
      columns={[
        t('records.column.when'),
        t('retention.class'),
        t('retention.olderThan'),
        t('retention.how'),
        { name: t('retention.rows'), look: 'number' },
      ]}
    >
      {receipts.map((each, place) => (
        // They have no id here and are only ever added at the top, with a new load.
        <tr key={place}>
          <th scope="row" className="when">
            {dateTime(each.at)}
          </th>
          <td>{t(`retention.class.${each.dataClass}`)}</td>
          <td>{date(each.olderThan)}</td>
          <td>
            {each.month === undefined
              ? t('retention.byRow')
              : t('retention.byMonth', { month: month(each.month) })}
          </td>
          <td className="number">{each.rows}</td>
        </tr>
      ))}
    </Table>
  );
}
