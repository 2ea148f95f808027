/** What the agent's pointer does over the visitor's page, and what has to be lent for it. */

import type { LeasedKind } from '@alongside/protocol';

export const tools = ['point', 'laser', 'draw', 'arrow', 'rectangle', 'highlight', 'control'] as const;
export type Tool = (typeof tools)[number];
export type MarkingTool = Exclude<Tool, 'point' | 'control'>;

export function isMarking(tool: Tool): tool is MarkingTool {
  return tool !== 'point' && tool !== 'control';
}

/** The hand is for whatever changes the page. */
export const kindOfTool: Readonly<Record<Exclude<Tool, 'control'>, LeasedKind>> = {
  point: 'point',
  laser: 'draw',
  draw: 'draw',
  arrow: 'draw',
  rectangle: 'draw',
  highlight: 'draw',
};
