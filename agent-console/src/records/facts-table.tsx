/** The technical facts of an engagement in the order of their time, each in words and with its basis. */

import type { EngagementRecord } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { BasisNote } from './basis-note.js';
import { factDetails } from './fact-details.js';

export function FactsTable({ record }: { readonly record: EngagementRecord }) {
  const messages = useMessages();
  const { t, named, dateTime } = messages;
  if (record.metadata.length === 0) return <p>{t('record.noMetadata')}</p>;
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('records.column.when')}</th>
            <th scope="col">{t('record.what')}</th>
            <th scope="col">{t('record.details')}</th>
            <th scope="col">{t('record.basis')}</th>
          </tr>
        </thead>
        <tbody>
          {record.metadata.map((row, place) => (
            // Rows have no id and never change their order.
            <tr key={place}>
              <td>{dateTime(row.at)}</td>
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
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
