/** A dialogue over the screen: focus stays inside, Escape closes it, and focus returns to where it was. */

import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { IconButton } from './button.js';

export function Modal({
  title,
  description,
  onClose,
  children,
  wide = false,
}: {
  readonly title: string;
  readonly description?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) {
  const { t } = useMessages();
  const opener = useRef(document.activeElement);
  // Radix gives it back to a button of its own alone, and ours open from elsewhere.
  const giveFocusBack = (event: Event): void => {
    event.preventDefault();
    const { current } = opener;
    const place = current?.isConnected === true ? current : document.querySelector('h1');
    if (place instanceof HTMLElement) place.focus();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="modal-veil" />
        <Dialog.Content
          className={wide ? 'modal modal-wide' : 'modal'}
          onCloseAutoFocus={giveFocusBack}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="modal-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={t('act.close')} icon="close" size="small" />
            </Dialog.Close>
          </header>
          {description === undefined ? undefined : <Dialog.Description>{description}</Dialog.Description>}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
