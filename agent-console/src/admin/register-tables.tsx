/** The lists of a register: read as they are, and edited once somebody has begun a draft. */

import type { RegisterDocument } from '@alongside/protocol';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { TextField } from '../parts/field.js';
import { Card } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { DerogationsCard } from './derogations-card.js';
import { AddRow, type RowKind } from './register-add.js';
import { FindingsTable, type TablesProps } from './register-findings.js';

export function RegisterTables({ body, onBody }: TablesProps) {
  const { t } = useMessages();
  return (
    <>
      <RowsCard kind="certifications" body={body} onBody={onBody} />
      <RowsCard kind="scopeFacts" body={body} onBody={onBody} />
      <RowsCard kind="establishments" body={body} onBody={onBody} />
      <DerogationsCard body={body} onBody={onBody} />
      {onBody === undefined ? undefined : (
        <TextField
          label={t('register.fallbackWaiver')}
          hint={t('register.fallbackWaiverHint')}
          maxLength={200}
          value={body.fallbackWaiver ?? ''}
          onText={(text) => onBody({ ...body, fallbackWaiver: text === '' ? undefined : text })}
        />
      )}
      <FindingsTable body={body} onBody={onBody} />
    </>
  );
}

const adds = {
  certifications: 'register.addCertification',
  scopeFacts: 'register.addScope',
  establishments: 'register.addEstablishment',
} as const;

function RowsCard({ kind, body, onBody }: TablesProps & { readonly kind: RowKind }) {
  const { t } = useMessages();
  const [adding, setAdding] = useState(false);
  const remove = (place: number): void =>
    onBody?.({ ...body, [kind]: body[kind].filter((_, each) => each !== place) });
  const rows = useRows(kind, body);
  return (
    <Card title={t(`register.${kind}`)}>
      <p>{t(`register.${kind}Text`)}</p>
      {rows.length === 0 ? <p>{t('register.none')}.</p> : undefined}
      {rows.length === 0 ? undefined : (
        <Table
          label={t(`register.${kind}`)}
          columns={[
            t('transfers.flow'),
            t('register.scope'),
            t('register.source'),
            { name: t('register.remove'), look: 'unseen' },
          ]}
        >
          {rows.map(({ name, scope, source }, place) => (
            // The rows of a draft have no id, and are told apart by their place.
            <tr key={place}>
              <th scope="row">{name}</th>
              <td>{scope}</td>
              <td>{source}</td>
              <td>
                {onBody === undefined ? undefined : (
                  <Button size="small" onClick={() => remove(place)}>
                    {t('register.remove')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {onBody === undefined ? undefined : (
        <div className="section-acts">
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t(adds[kind])}
          </Button>
        </div>
      )}
      {adding && onBody !== undefined ? (
        <AddRow kind={kind} body={body} onBody={onBody} onClose={() => setAdding(false)} />
      ) : undefined}
    </Card>
  );
}

interface ShownRow {
  readonly name: ReactNode;
  readonly scope: ReactNode;
  readonly source: ReactNode;
}

function useRows(kind: RowKind, body: RegisterDocument): readonly ShownRow[] {
  const { t, country, day } = useMessages();
  const sourced = ({ source, verifiedAt }: { readonly source: string; readonly verifiedAt: string }) => (
    <>
      {source}
      <span className="sub">
        {t('register.verified')} {day(verifiedAt)}
      </span>
    </>
  );
  if (kind === 'certifications') {
    return body.certifications.map((row) => ({
      name: row.holder,
      scope: (
        <>
          {t(`register.framework.${row.framework}`)}, {t(`register.status.${row.status}`)}
          <span className="sub">
            {t(`register.covers.${row.covers}`)}, {t(`register.scope.${row.scope}`)}
          </span>
        </>
      ),
      source: sourced(row),
    }));
  }
  if (kind === 'scopeFacts') {
    return body.scopeFacts.map((row) => ({
      name: country(row.country),
      scope: `${t(`register.law.${row.regime}`)}: ${t(`register.covers.${row.covers}`)}`,
      source: sourced(row),
    }));
  }
  return body.establishments.map((row) => ({ name: country(row.country), scope: '', source: sourced(row) }));
}
