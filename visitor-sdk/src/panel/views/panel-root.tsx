/** The whole panel: what is always in sight while watched, the window itself, and the question that waits. */

import type { PanelController } from '../panel-controller.js';
import { PanelContext } from './panel-context.js';
import { PanelWindow } from './panel-window.js';

export function PanelRoot({ panel }: { readonly panel: PanelController }) {
  const later = panel.together.part.value?.views;
  return (
    <PanelContext.Provider value={panel}>
      <div class="panel" lang={panel.speech.language}>
        {later === undefined ? null : <later.WatchBanner />}
        {panel.open.value ? <PanelWindow /> : null}
        {later === undefined ? null : <later.ConsentQuestion />}
        {later === undefined ? null : <later.CallSound />}
        <p class="unseen" role="status" aria-live="polite">
          {panel.announcement.value}
        </p>
      </div>
    </PanelContext.Provider>
  );
}
