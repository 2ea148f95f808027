/** The technical facts of an engagement in the order of their time, each in words and with its basis. */

import type { EngagementRecord } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { Table } from '../parts/table.js';
import { AskedWordsNote } from './asked-words.js';
import { BasisNote } from './basis-note.js';
import { factDetails } from './fact-details.js';

export function FactsTable({ record }: { readonly record: EngagementRecord }) {
  const { t } = useMessages();
  if (record.metadata.length === 0) return <p>{t('record.noMetadata')}</p>;
  // Six a minute for each side of a call: there for who wants them, and not between everything else.
  const samples = record.metadata.filter(({ kind }) => kind === 'callSample');
  const others = record.metadata.filter(({ kind }) => kind !== 'callSample');
  return (
    <>
      <Facts record={record} facts={others} label={t('record.metadata')} />
      {samples.length === 0 ? undefined : (
        <details>
          <summary>{t('record.callSamples', { count: samples.length })}</summary>
          <Facts record={record} facts={samples} label={t('metadata.callSample')} />
        </details>
      )}
    </>
  );
}

interface FactsProps {
  readonly record: EngagementRecord;
  readonly facts: EngagementRecord['metadata'];
  readonly label: string;
}

function Facts({ record, facts, label }: FactsProps) {
  const messages = useMessages();
  const { t, named, dateTime } = messages;
  return (
    <Table
      label={label}
      columns={[t('records.column.when'), t('record.what'), t('record.details'), t('record.basis')]}
    >
      {facts.map((row, place) => (
        // Rows have no id and never change their order.
        <tr key={place}>
          <td className="when">{dateTime(row.at)}</td>
          <th scope="row">{named(`metadata.${row.kind}`, row.kind)}</th>
          <td>
            <dl className="details">
              {factDetails(record, row, messages).map(({ name, label, value }) => (
                <div key={name}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <AskedWordsNote fact={row} />
          </td>
          <td>
            <BasisNote basis={row.basis} />
            {row.reading === undefined ? undefined : <BasisNote basis={row.reading} />}
          </td>
        </tr>
      ))}
    </Table>
  );
}
