/** The controller, as every view finds it. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PanelController } from '../panel-controller.js';

export const PanelContext = createContext<PanelController | undefined>(undefined);

export function usePanel(): PanelController {
  const panel = useContext(PanelContext);
  if (panel === undefined) throw new Error('A view was rendered outside the panel.');
  return panel;
}
