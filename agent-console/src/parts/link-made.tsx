/** A link that is good once and shown once, to be handed over by whatever way is trusted. */

import { useMessages } from '../messages/use-messages.js';
import { Banner } from './banner.js';
import { Button } from './button.js';
import { CopyLine } from './copy-line.js';
import { Modal } from './modal.js';

export interface LinkMadeProps {
  readonly title: string;
  readonly description: string;
  readonly label: string;
  readonly link: string;
  /** Why it has to be copied now. */
  readonly once: string;
  readonly onClose: () => void;
}

export function LinkMade({ title, description, label, link, once, onClose }: LinkMadeProps) {
  const { t } = useMessages();
  return (
    <Modal title={title} description={description} onClose={onClose} wide>
      <CopyLine label={label} text={link} />
      <Banner tone="warn">{once}</Banner>
      <div className="modal-acts">
        <Button tone="primary" onClick={onClose}>
          {t('act.done')}
        </Button>
      </div>
    </Modal>
  );
}
