/** What the customer has signed: a transfer may rest on it once a second officer has approved it. */

import type { ContractShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { FailureNote } from '../parts/loaded.js';
import { Table } from '../parts/table.js';
import { useBusy } from '../parts/use-busy.js';
import { ContractDialogue } from './add-contract.js';
import { AddedList } from './added-list.js';
import { EndContractDialogue } from './end-contract.js';
import { VerifyContract } from './verify-contract.js';

export function ContractsSection() {
  return (
    <AddedList<ContractShown> of="contracts" dialogue={ContractDialogue}>
      {(list, onChanged) => <ContractsTable list={list} onChanged={onChanged} />}
    </AddedList>
  );
}

function ContractsTable({
  list,
  onChanged,
}: {
  readonly list: readonly ContractShown[];
  readonly onChanged: () => void;
}) {
  const { t } = useMessages();
  const [ending, setEnding] = useState<ContractShown>();
  const [again, setAgain] = useState<ContractShown>();
  const [verified, setVerified] = useState<ContractShown>();
  const replacedOf = ({ replaces }: ContractShown) => list.find((each) => each.contractId === replaces);
  return (
    <>
      <Table
        label={t('admin.contracts')}
        columns={[
          t('contracts.importer'),
          t('contracts.module'),
          t('contracts.reference'),
          t('contracts.signed'),
          t('contracts.until'),
          { name: t('contracts.end'), look: 'unseen' },
        ]}
      >
        {list.map((contract) => (
          <ContractRow
            key={contract.contractId}
            contract={contract}
            replaced={replacedOf(contract)}
            onEnd={() => setEnding(contract)}
            onAgain={() => setAgain(contract)}
            onVerify={() => setVerified(contract)}
            onChanged={onChanged}
          />
        ))}
      </Table>
      {ending === undefined ? undefined : (
        <EndContractDialogue contract={ending} onClose={() => setEnding(undefined)} onEnded={onChanged} />
      )}
      {again === undefined ? undefined : (
        <ContractDialogue again={again} onClose={() => setAgain(undefined)} onAdded={onChanged} />
      )}
      {verified === undefined ? undefined : (
        <VerifyContract contract={verified} onClose={() => setVerified(undefined)} onAdded={onChanged} />
      )}
    </>
  );
}

interface ContractProps {
  readonly contract: ContractShown;
  readonly onEnd: () => void;
  readonly onAgain: () => void;
  readonly onVerify: () => void;
  readonly onChanged: () => void;
}

function ContractRow({
  contract,
  replaced,
  ...acts
}: ContractProps & { readonly replaced: ContractShown | undefined }) {
  const { t, country, day } = useMessages();
  const { importerName, importerCountry, module, signedOn, validUntil, assessment } = contract;
  const { reference, source, verifiedAt } = contract;
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
            : `${t(`contracts.assessment.${assessment.conclusion}`)} (${day(assessment.assessedOn)})`}
        </span>
      </td>
      <td>
        {reference}
        <span className="sub">{source}</span>
        <span className="sub">{t('contracts.verifiedOn', { date: day(verifiedAt) })}</span>
        {replaced === undefined ? undefined : (
          <span className="sub">
            {t('contracts.takesOver', {
              reference: replaced.reference,
              date: day(replaced.signedOn),
            })}
          </span>
        )}
      </td>
      <td>{day(signedOn)}</td>
      <td>{validUntil === undefined ? '–' : day(validUntil)}</td>
      <td>
        <ContractActs contract={contract} {...acts} />
      </td>
    </tr>
  );
}

function ContractActs({
  contract: { contractId, importerName: name, approvedAt, own, endedAt, assessment },
  onEnd,
  onAgain,
  onVerify,
  onChanged,
}: ContractProps) {
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
        {approvedAt === undefined || assessment === undefined ? undefined : (
          <Button size="small" onClick={onAgain} aria-label={t('contracts.assessAgainOf', { name })}>
            {t('contracts.assessAgain')}
          </Button>
        )}
        <Button size="small" onClick={onVerify} aria-label={t('contracts.verifyOf', { name })}>
          {t('contracts.verify')}
        </Button>
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
