/** Stands where something is still being loaded, or could not be. */

import { usePanel } from './panel-context.js';

interface Awaited {
  readonly failed: { readonly value: boolean };
  load(): void;
}

export function MissingPart({ part }: { readonly part: Awaited }) {
  const { speech } = usePanel();
  return (
    <div class="screen">
      {part.failed.value ? (
        <>
          <p class="fault" role="alert">
            {speech.say('part.failed')}
          </p>
          <button type="button" class="secondary" onClick={() => part.load()}>
            {speech.say('part.retry')}
          </button>
        </>
      ) : (
        <p class="centre" aria-busy="true">
          <span class="spinner" /> {speech.say('state.connecting')}
        </p>
      )}
    </div>
  );
}
