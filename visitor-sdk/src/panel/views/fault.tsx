/** Says why something that was pressed did not happen. */

import type { MessageKey } from '../messages/catalogue.js';
import type { Progress } from '../progress.js';
import { usePanel } from './panel-context.js';

export function Fault({ progress, message }: { readonly progress: Progress; readonly message: MessageKey }) {
  const { speech } = usePanel();
  if (progress.state !== 'failed') return null;
  return (
    <p class="fault" role="alert">
      {speech.say(message, { reason: speech.failure(progress.failure) })}
    </p>
  );
}
