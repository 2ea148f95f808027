/** Going to another page of the visitor's own site, by its path. */

import { useState } from 'react';
import { useMessages } from '../../messages/use-messages.js';
import { announce } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { outcomeText } from './outcome-text.js';
import type { PagePointer } from './page-pointer.js';

export function NavigateBox({ pointer }: { readonly pointer: PagePointer }) {
  const messages = useMessages();
  const { t } = messages;
  const [path, setPath] = useState('/');
  const [said, setSaid] = useState<string>();
  const send = async (): Promise<void> => {
    const outcome = await pointer.navigate(path.trim());
    const text = outcomeText(outcome, messages);
    announce(text);
    setSaid(outcome.outcome === 'done' ? undefined : text);
  };
  return (
    <form
      className="navigate-box"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <input
        aria-label={t('navigate.path')}
        value={path}
        pattern="/.*"
        required
        autoComplete="off"
        maxLength={2000}
        onChange={(event) => setPath(event.target.value)}
      />
      <Button type="submit" size="small">
        {t('navigate.go')}
      </Button>
      {said === undefined ? undefined : <span className="type-said">{said}</span>}
    </form>
  );
}
