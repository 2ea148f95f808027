/** Standard contractual clauses that the customer has signed: a transfer may rest on them. */

import type { ContractCreate, ContractShown } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { SelectField, TextField } from '../parts/field.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { Modal } from '../parts/modal.js';
import { Empty } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';
import { CountryField } from './country-field.js';
import { EndContractDialogue } from './end-contract.js';

const modules = ['SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4'] as const;

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
            <ContractRow key={contract.contractId} contract={contract} onEnd={() => setEnding(contract)} />
          ))}
        </tbody>
      </table>
      {ending === undefined ? undefined : (
        <EndContractDialogue contract={ending} onClose={() => setEnding(undefined)} onEnded={onEnded} />
      )}
    </div>
  );
}

function ContractRow({ contract, onEnd }: { readonly contract: ContractShown; readonly onEnd: () => void }) {
  const { t, country, date } = useMessages();
  const { importerName, importerCountry, module, reference, signedOn, validUntil, endedAt } = contract;
  return (
    <tr>
      <th scope="row">
        {importerName}
        <span className="sub">{country(importerCountry)}</span>
      </th>
      <td>{t(`contracts.${module}`)}</td>
      <td>{reference}</td>
      <td>{date(Date.parse(signedOn))}</td>
      <td>{validUntil === undefined ? '–' : date(Date.parse(validUntil))}</td>
      <td>
        {endedAt === undefined ? (
          <Button size="small" onClick={onEnd} aria-label={t('contracts.endOf', { name: importerName })}>
            {t('contracts.end')}
          </Button>
        ) : (
          t('contracts.endedOn', { date: date(endedAt) })
        )}
      </td>
    </tr>
  );
}

function ContractDialogue({
  onClose,
  onAdded,
}: {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [module, setModule] = useState<ContractCreate['module']>('SCC_M2');
  const [importerName, setImporterName] = useState('');
  const [importerCountry, setImporterCountry] = useState('');
  const [reference, setReference] = useState('');
  const [signedOn, setSignedOn] = useState('');
  const [validUntil, setValidUntil] = useState('');
  const { busy, failure, run } = useBusy();
  const add = async (): Promise<void> => {
    const until = validUntil === '' ? {} : { validUntil };
    const body = {
      module,
      importerName: importerName.trim(),
      importerCountry,
      reference: reference.trim(),
      signedOn,
    };
    const added = await run(() => api.post<ContractShown>('/contracts', { ...body, ...until }));
    if (!added.ok) return;
    announce(t('form.saved'));
    onAdded();
    onClose();
  };
  return (
    <Modal title={t('contracts.add')} description={t('contracts.addText')} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <SelectField
          label={t('contracts.module')}
          value={module}
          onText={(text) => setModule(modules.find((each) => each === text) ?? 'SCC_M2')}
        >
          {modules.map((each) => (
            <option key={each} value={each}>
              {t(`contracts.${each}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('contracts.importer')}
          required
          maxLength={200}
          value={importerName}
          onText={setImporterName}
        />
        <CountryField
          label={t('contracts.country')}
          required
          value={importerCountry}
          onText={setImporterCountry}
        />
        <TextField
          label={t('contracts.reference')}
          hint={t('contracts.referenceHint')}
          required
          maxLength={200}
          value={reference}
          onText={setReference}
        />
        <div className="field-row">
          <TextField
            label={t('contracts.signed')}
            type="date"
            required
            value={signedOn}
            onText={setSignedOn}
          />
          <TextField
            label={t('contracts.until')}
            optional={t('form.optional')}
            type="date"
            min={signedOn}
            value={validUntil}
            onText={setValidUntil}
          />
        </div>
        {failure === undefined ? undefined : <FailureNote failure={failure} />}
        <div className="modal-acts">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t('act.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
