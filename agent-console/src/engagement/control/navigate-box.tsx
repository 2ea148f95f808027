/** Going to another page of the visitor's own site, by its path. */

import { useState } from 'react';
import { useMessages } from '../../messages/use-messages.js';
import { announce } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import type { PageView } from '../player/page-view.js';
import { outcomeText } from './outcome-text.js';

export function NavigateBox({ page, lease }: { readonly page: PageView; readonly lease: number }) {
  const messages = useMessages();
  const { t } = messages;
  const [path, setPath] = useState('/');
  const [said, setSaid] = useState<string>();
  const send = async (): Promise<void> => {
    const outcome = await page.act({ kind: 'navigate', ref: page.nextRef(), path: path.trim() }, lease);
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
