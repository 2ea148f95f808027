/** The panel of the script tag: with the sentences of its language, and with the names and hashes of all other parts. */

/// <reference path="./script-catalogue.d.ts" />

import { catalogue } from 'alongside:catalogue';
import type { Panel } from '../panel/panel.js';
import type { PanelStart } from '../panel/panel-deps.js';
import { startPanel as start } from '../panel/panel-part.js';
import type { PartLoading } from './script-parts.js';
import { scriptParts } from './script-parts.js';

export interface ScriptPanelPart {
  startPanel(deps: PanelStart, loading: PartLoading): Panel;
}

export const startPanel: ScriptPanelPart['startPanel'] = (deps, loading) =>
  start({ ...deps, catalogue, parts: scriptParts(loading) });
