/** The lazily loaded panel: everything between the launcher and the receipt. */

import { h, render } from 'preact';
import { HostKeeper } from './host-keeper.js';
import type { Panel } from './panel.js';
import { PanelController } from './panel-controller.js';
import type { PanelDeps } from './panel-deps.js';
import { PanelSheets } from './styles/panel-sheets.js';
import { PanelRoot } from './views/panel-root.js';
import { readDetails } from './visitor-details.js';

export function startPanel(deps: PanelDeps): Panel {
  const sheets = new PanelSheets(deps.shadow.root);
  const mount = document.createElement('div');
  deps.shadow.root.append(mount);
  const panel = new PanelController({ ...deps, details: readDetails(deps.details) }, sheets);
  const keeper = new HostKeeper(deps.shadow.host);
  render(h(PanelRoot, { panel }), mount);
  panel.resume();
  return {
    open: () => panel.show(),
    minimise: () => panel.minimise(),
    identify: (details) => {
      panel.details.value = readDetails(details);
    },
    reset: () => panel.leaveNothing(),
    close: () => {
      panel.close();
      keeper.close();
      render(null, mount);
      mount.remove();
    },
  };
}
