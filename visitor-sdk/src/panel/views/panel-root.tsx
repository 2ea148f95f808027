/** The whole panel: what is always in sight while watched, the window itself, and the question that waits. */

import { useComputed } from '@preact/signals';
import type { PanelController } from '../panel-controller.js';
import { CallSound } from './call-sound.js';
import { ConsentQuestion } from './consent-question.js';
import { PanelContext } from './panel-context.js';
import { PanelWindow } from './panel-window.js';
import { WatchBanner } from './watch-banner.js';

export function PanelRoot({ panel }: { readonly panel: PanelController }) {
  const isOpen = useComputed(() => panel.open.value);
  return (
    <PanelContext.Provider value={panel}>
      <div class="panel" lang={panel.speech.language}>
        <WatchBanner />
        {isOpen.value ? <PanelWindow /> : null}
        <ConsentQuestion />
        <CallSound />
        <p class="unseen" role="status" aria-live="polite">
          {panel.announcement.value}
        </p>
      </div>
    </PanelContext.Provider>
  );
}
