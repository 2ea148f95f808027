/** The lazily loaded panel: everything between the launcher and the receipt. */

import { h, render } from 'preact';
import { addStyles } from '../embedding/shadow-host.js';
import { HostKeeper } from './host-keeper.js';
import type { Panel } from './panel.js';
import { PanelController } from './panel-controller.js';
import type { PanelDeps } from './panel-deps.js';
import { panelStyles } from './styles/panel-styles.js';
import { PanelRoot } from './views/panel-root.js';
import { readDetails } from './visitor-details.js';

export function startPanel(deps: PanelDeps): Panel {
  addStyles(deps.shadow.root, panelStyles);
  const mount = document.createElement('div');
  deps.shadow.root.append(mount);
  const panel = new PanelController({ ...deps, details: readDetails(deps.details) });
  const keeper = new HostKeeper(deps.shadow.host);
  render(h(PanelRoot, { panel }), mount);
  panel.resume();
  return {
    open: () => panel.show(),
    minimise: () => panel.minimise(),
    identify: (details) => {
      panel.details.value = readDetails(details);
    },
    close: () => {
      panel.close();
      keeper.close();
      render(null, mount);
      mount.remove();
    },
  };
}
