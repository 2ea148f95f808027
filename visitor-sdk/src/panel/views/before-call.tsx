/** What the visitor tries before they call: nothing of it leaves the page until they press the button. */

import type { RefusalCode } from '@alongside/protocol';
import { useEffect, useRef, useState } from 'preact/hooks';
import { DeviceTrial } from './device-trial.js';
import { usePanel } from './panel-context.js';

export function BeforeCall() {
  const { speech, call, agentName } = usePanel();
  const [failure, setFailure] = useState<RefusalCode | undefined>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const agent = agentName.value;
  const begin = (): void => {
    setFailure(undefined);
    const media = call.own.picture.peek() === undefined ? 'voice' : 'video';
    call.start(media).then(setFailure, () => setFailure('internal'));
  };
  return (
    <section class="call before" aria-labelledby="alongside-before">
      <h3 id="alongside-before" tabIndex={-1} ref={heading}>
        {speech.say('check.heading', { agent })}
      </h3>
      <p class="quiet small">{speech.say('check.text', { agent })}</p>
      <DeviceTrial />
      {failure === undefined ? null : (
        <p class="fault" role="alert">
          {speech.failure(failure)}
        </p>
      )}
      <div class="call-buttons">
        <button type="button" class="secondary" onClick={() => call.given.endTry()}>
          {speech.say('check.cancel')}
        </button>
        <button type="button" class="primary" onClick={begin}>
          {speech.say('check.call')}
        </button>
      </div>
    </section>
  );
}
