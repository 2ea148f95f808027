/** A form in a dialogue: its fields, why it failed, and the two ways out. */

import type { ReactNode } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { Button } from './button.js';
import { FailureNote } from './loaded.js';
import { Modal } from './modal.js';
import type { Busy } from './use-busy.js';

export function ModalForm({
  title,
  description,
  submit,
  act,
  disabled = false,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string;
  readonly description?: string;
  readonly submit: string;
  readonly act: Pick<Busy, 'busy' | 'failure'>;
  readonly disabled?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useMessages();
  return (
    <Modal title={title} {...(description === undefined ? {} : { description })} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        {act.failure === undefined ? undefined : <FailureNote failure={act.failure} />}
        <div className="modal-acts">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="submit" tone="primary" busy={act.busy} disabled={disabled}>
            {submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
