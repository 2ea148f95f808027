/** Writing into a field of the visitor's page: the text is sealed and sent as one, and replaces what is there. */

import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../../messages/use-messages.js';
import { Button, IconButton } from '../../parts/button.js';
import { outcomeText } from './outcome-text.js';
import type { Identified, PagePointer } from './page-pointer.js';
import { mostTyped } from './page-pointer.js';

export function TypeBox({
  field,
  pointer,
  onClose,
}: {
  readonly field: Identified;
  readonly pointer: PagePointer;
  readonly onClose: () => void;
}) {
  const messages = useMessages();
  const { t } = messages;
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();
  useEffect(() => input.current?.focus(), []);
  const send = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const outcome = await pointer.type(field, text);
    setBusy(false);
    setSaid(outcomeText(outcome, messages));
    if (outcome.outcome === 'done') onClose();
  };
  const kind = field.located.field;
  const name = field.target.label === '' ? t('typeBox.unnamed') : field.target.label;
  return (
    <form
      className="type-box"
      aria-label={t('typeBox.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <label>
        <span>{t('typeBox.into', { name })}</span>
        <input
          ref={input}
          type={kind === 'choice' || kind === 'none' ? 'text' : kind}
          value={text}
          maxLength={mostTyped}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button type="submit" tone="primary" size="small" busy={busy}>
        {t('typeBox.send')}
      </Button>
      <IconButton size="small" icon="close" label={t('act.close')} onClick={onClose} />
      {said === undefined ? undefined : (
        <p className="type-said" role="status">
          {said}
        </p>
      )}
    </form>
  );
}
