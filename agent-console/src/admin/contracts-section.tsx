/** What the customer has signed: a transfer may rest on it once a second officer has approved it. */

import type { ContractShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { Empty } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';
import { ContractDialogue } from './add-contract.js';
import { EndContractDialogue } from './end-contract.js';

export function ContractsSection() {
  const { api } = useApp();
  const { t } = useMessages();
  const [adds, setAdds] = useState(false);
  const contracts = useLoaded('contracts', () => api.get<readonly ContractShown[]>('/contracts'));
  return (
    <>
      <div className="section-acts">
        <Button tone="primary" icon="plus" onClick={() => setAdds(true)}>
          {t('contracts.add')}
        </Button>
      </div>
      <Loaded from={contracts}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('contracts.none')}>{t('contracts.noneText')}</Empty>
          ) : (
            <ContractsTable list={list} onEnded={contracts.reload} />
          )
        }
      </Loaded>
      {adds ? <ContractDialogue onClose={() => setAdds(false)} onAdded={contracts.reload} /> : undefined}
    </>
  );
}

function ContractsTable({
  list,
  onEnded,
}: {
  readonly list: readonly ContractShown[];
  readonly onEnded: () => void;
}) {
  const { t } = useMessages();
  const [ending, setEnding] = useState<ContractShown>();
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('contracts.importer')}</th>
            <th scope="col">{t('contracts.module')}</th>
            <th scope="col">{t('contracts.reference')}</th>
            <th scope="col">{t('contracts.signed')}</th>
            <th scope="col">{t('contracts.until')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('contracts.end')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.map((contract) => (
            <ContractRow
              key={contract.contractId}
              contract={contract}
              onEnd={() => setEnding(contract)}
              onChanged={onEnded}
            />
          ))}
        </tbody>
      </table>
      {ending === undefined ? undefined : (
        <EndContractDialogue contract={ending} onClose={() => setEnding(undefined)} onEnded={onEnded} />
      )}
    </div>
  );
}

function ContractRow({
  contract,
  onEnd,
  onChanged,
}: {
  readonly contract: ContractShown;
  readonly onEnd: () => void;
  readonly onChanged: () => void;
}) {
  const { t, country, date } = useMessages();
  const { importerName, importerCountry, module, reference, signedOn, validUntil, assessment } = contract;
  return (
    <tr>
      <th scope="row">
        {importerName}
        <span className="sub">{country(importerCountry)}</span>
      </th>
      <td>
        {t(`contracts.${module}`)}
        <span className="sub">
          {assessment === undefined
            ? t('contracts.assessment.none')
            : `${t(`contracts.assessment.${assessment.conclusion}`)} (${date(Date.parse(assessment.assessedOn))})`}
        </span>
      </td>
      <td>{reference}</td>
      <td>{date(Date.parse(signedOn))}</td>
      <td>{validUntil === undefined ? '–' : date(Date.parse(validUntil))}</td>
      <td>
        <ContractActs contract={contract} onEnd={onEnd} onChanged={onChanged} />
      </td>
    </tr>
  );
}

function ContractActs({
  contract: { contractId, importerName: name, approvedAt, own, endedAt },
  onEnd,
  onChanged,
}: {
  readonly contract: ContractShown;
  readonly onEnd: () => void;
  readonly onChanged: () => void;
}) {
  const { api } = useApp();
  const { t, date } = useMessages();
  const { busy, failure, run } = useBusy();
  if (endedAt !== undefined) return t('contracts.endedOn', { date: date(endedAt) });
  const approve = async (): Promise<void> => {
    const approved = await run(() => api.post<ContractShown>(`/contracts/${contractId}/approval`, {}));
    if (!approved.ok) return;
    announce(t('contracts.approved'));
    onChanged();
  };
  return (
    <>
      <div className="row-acts">
        {approvedAt === undefined && !own ? (
          <Button
            size="small"
            tone="primary"
            busy={busy}
            onClick={() => void approve()}
            aria-label={t('contracts.approveOf', { name })}
          >
            {t('contracts.approve')}
          </Button>
        ) : undefined}
        <Button size="small" onClick={onEnd} aria-label={t('contracts.endOf', { name })}>
          {t('contracts.end')}
        </Button>
      </div>
      <span className="sub">
        {approvedAt === undefined
          ? t('contracts.waits')
          : t('contracts.approvedOn', { date: date(approvedAt) })}
      </span>
      {failure === undefined ? undefined : <FailureNote failure={failure} />}
    </>
  );
}
