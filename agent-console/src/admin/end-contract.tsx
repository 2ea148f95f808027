/** Ends signed clauses, after saying which sites, conversations and views end with them. */

import type { ContractEffect, ContractShown } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { FailureNote, Loaded } from '../parts/loaded.js';
import { Modal } from '../parts/modal.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';

export function EndContractDialogue({
  contract,
  onClose,
  onEnded,
}: {
  readonly contract: ContractShown;
  readonly onClose: () => void;
  readonly onEnded: () => void;
}) {
  const { api } = useApp();
  const { t, country } = useMessages();
  const path = `/contracts/${contract.contractId}`;
  const effect = useLoaded(`${path}/effect`, () => api.get<ContractEffect>(`${path}/effect`));
  const { busy, failure, run } = useBusy();
  const end = async (): Promise<void> => {
    const ended = await run(() => api.delete<ContractShown>(path));
    if (!ended.ok) return;
    announce(t('contracts.ended'));
    onEnded();
    onClose();
  };
  const description = t('contracts.endText', {
    name: contract.importerName,
    country: country(contract.importerCountry),
  });
  return (
    <Modal title={t('contracts.endTitle')} description={description} onClose={onClose}>
      <Loaded from={effect}>
        {(what) => (
          <>
            <Effect effect={what} />
            {failure === undefined ? undefined : <FailureNote failure={failure} />}
            <div className="modal-acts">
              <Button onClick={onClose}>{t('act.cancel')}</Button>
              <Button tone="danger" busy={busy} onClick={() => void end()}>
                {t('contracts.endSubmit')}
              </Button>
            </div>
          </>
        )}
      </Loaded>
    </Modal>
  );
}

function Effect({ effect }: { readonly effect: ContractEffect }) {
  const { t } = useMessages();
  const { sites, engagements, views } = effect;
  if (sites.length === 0 && engagements === 0)
    return <p className="modal-note">{t('contracts.endsNothing')}</p>;
  return (
    <ul className="modal-note">
      {engagements === 0 ? undefined : <li>{t('contracts.endsEngagements', { engagements, views })}</li>}
      {sites.map(({ siteId, name, agents, closes }) => (
        <li key={siteId}>
          {agents === 0 ? undefined : t('contracts.endsAgents', { site: name, agents })}{' '}
          {closes ? t('contracts.endsSite', { site: name }) : undefined}
        </li>
      ))}
    </ul>
  );
}
