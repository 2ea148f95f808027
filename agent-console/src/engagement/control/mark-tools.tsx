/** Beside the tools that mark: what is said with a highlight, and taking marks away again. */

import { intentLimits } from '@alongside/protocol';
import { useMessages } from '../../messages/use-messages.js';
import { IconButton } from '../../parts/button.js';
import type { PagePointer } from './page-pointer.js';
import type { Tool } from './tool.js';
import { isMarking } from './tool.js';

export interface MarkToolsProps {
  readonly tool: Tool;
  readonly pointer: PagePointer;
  readonly message: string;
  readonly onMessage: (message: string) => void;
}

export function MarkTools({ tool, pointer, message, onMessage }: MarkToolsProps) {
  const { t } = useMessages();
  if (!isMarking(tool)) return undefined;
  return (
    <div className="mark-tools">
      {tool === 'highlight' ? (
        <input
          className="mark-message"
          aria-label={t('marks.message')}
          placeholder={t('marks.message')}
          value={message}
          maxLength={intentLimits.messageLength}
          autoComplete="off"
          onChange={(event) => onMessage(event.target.value)}
        />
      ) : undefined}
      <IconButton
        size="small"
        icon="undo"
        label={t('marks.undo')}
        onClick={() => pointer.takeMarks('undo')}
      />
      <IconButton
        size="small"
        icon="erase"
        label={t('marks.clear')}
        onClick={() => pointer.takeMarks('clear')}
      />
    </div>
  );
}
