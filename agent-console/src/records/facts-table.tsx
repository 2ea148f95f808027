/** The technical facts of an engagement in the order of their time, each in words and with its basis. */

import type { EngagementRecord } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { Table } from '../parts/table.js';
import { BasisNote } from './basis-note.js';
import { factDetails } from './fact-details.js';

export function FactsTable({ record }: { readonly record: EngagementRecord }) {
  const messages = useMessages();
  const { t, named, dateTime } = messages;
  if (record.metadata.length === 0) return <p>{t('record.noMetadata')}</p>;
  return (
    <Table
      label={t('record.metadata')}
      columns={[t('records.column.when'), t('record.what'), t('record.details'), t('record.basis')]}
    >
      {record.metadata.map((row, place) => (
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
