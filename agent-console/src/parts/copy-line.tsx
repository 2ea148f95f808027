/** A text to be copied as it is: a link, a snippet. */

import { useId, useRef, useState } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { announce } from './announcer.js';
import { Button } from './button.js';

export function CopyLine({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useMessages();
  const [copied, setCopied] = useState(false);
  const code = useRef<HTMLDivElement>(null);
  const labelId = useId();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(t('copy.done'));
    } catch {
      // Where the clipboard is refused the text is selected, so that the keyboard can copy it.
      if (code.current !== null) getSelection()?.selectAllChildren(code.current);
      announce(t('copy.selected'));
    }
  };
  return (
    <div className="copy-line">
      <p className="copy-label" id={labelId}>
        {label}
      </p>
      <div className="copy-body">
        {/* biome-ignore lint/a11y/useSemanticElements: a field of one line would cut a long link off. */}
        <div
          ref={code}
          className="copy-text"
          tabIndex={0}
          role="textbox"
          aria-readonly="true"
          aria-label={label}
        >
          {text}
        </div>
        {/* On a page with several it is told which one it copies. */}
        <Button
          size="small"
          icon={copied ? 'check' : 'copy'}
          aria-describedby={labelId}
          onClick={() => void copy()}
        >
          {copied ? t('copy.copied') : t('act.copy')}
        </Button>
      </div>
    </div>
  );
}
