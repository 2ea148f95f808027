/** Findings of adequacy by country: what each of the three laws finds, and its state, which officers may change. */

import type { RegisterDocument } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { Card } from '../parts/page.js';
import { Table } from '../parts/table.js';

export interface TablesProps {
  readonly body: RegisterDocument;
  /** Nothing to read only. */
  readonly onBody: ((body: RegisterDocument) => void) | undefined;
}

type Finding = RegisterDocument['adequacy'][number];
const states = ['inForce', 'suspended', 'repealed', 'annulled'] as const;

export function FindingsTable({ body, onBody }: TablesProps) {
  const { t, country, language, day } = useMessages();
  const columns = [
    ...[t('register.country'), t('register.law'), t('register.instrument'), t('register.scope')],
    ...[t('register.since'), t('register.until'), t('register.state')],
  ];
  const change = (place: number, status: Finding['status']): void =>
    onBody?.({
      ...body,
      adequacy: body.adequacy.map((each, index) => (index === place ? { ...each, status } : each)),
    });
  const sorted = body.adequacy
    .map((finding, place) => ({ finding, place, name: country(finding.country) }))
    .sort((one, other) => one.name.localeCompare(other.name, language) || one.place - other.place);
  return (
    <Card title={t('register.adequacy')}>
      <p>{t('register.adequacyText')}</p>
      <details open={onBody !== undefined}>
        <summary>
          {t('register.adequacy')} ({body.adequacy.length})
        </summary>
        <Table label={t('register.adequacy')} columns={columns}>
          {sorted.map(({ finding, place, name }) => (
            <tr key={place}>
              <th scope="row">{name}</th>
              <td>{t(`register.law.${finding.regime}`)}</td>
              <td>{finding.instrument}</td>
              <td>
                {t(`register.scope.${finding.scope}`)}
                {finding.scopeRule === undefined ? undefined : (
                  <span className="sub">{finding.scopeRule}</span>
                )}
              </td>
              <td>{day(finding.validFrom)}</td>
              <td>{finding.validTo === undefined ? '–' : day(finding.validTo)}</td>
              <td>
                <State
                  finding={finding}
                  name={name}
                  onState={onBody && ((status) => change(place, status))}
                />
              </td>
            </tr>
          ))}
        </Table>
      </details>
    </Card>
  );
}

function State({
  finding: { status, regime },
  name,
  onState,
}: {
  readonly finding: Finding;
  readonly name: string;
  readonly onState: ((status: Finding['status']) => void) | undefined;
}) {
  const { t } = useMessages();
  if (onState === undefined) return t(`register.status.${status}`);
  return (
    <select
      aria-label={`${t('register.state')}: ${name}, ${t(`register.law.${regime}`)}`}
      value={status}
      onChange={(event) => onState(states.find((each) => each === event.target.value) ?? status)}
    >
      {states.map((each) => (
        <option key={each} value={each}>
          {t(`register.status.${each}`)}
        </option>
      ))}
    </select>
  );
}
