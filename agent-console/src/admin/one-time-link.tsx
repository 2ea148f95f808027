/** A one-time link, shown once, to be handed over by whatever way is trusted. */

import type { AgentInvited } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { CopyLine } from '../parts/copy-line.js';
import { Modal } from '../parts/modal.js';

export function OneTimeLink({
  title,
  made,
  onClose,
}: {
  readonly title: string;
  readonly made: AgentInvited;
  readonly onClose: () => void;
}) {
  const { t } = useMessages();
  const hours = limits.oneTimeLinkMs / 3_600_000;
  return (
    <Modal title={title} description={t('people.invitedText', { hours })} onClose={onClose} wide>
      <CopyLine label={t('people.link', { email: made.agent.email })} text={made.enrolUrl} />
      <Banner tone="warn">{t('people.linkOnce')}</Banner>
      <div className="modal-acts">
        <Button tone="primary" onClick={onClose}>
          {t('act.done')}
        </Button>
      </div>
    </Modal>
  );
}
