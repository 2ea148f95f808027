/** What an agent is told of the visitor's tabs, sealed and kept nowhere: that they exist, and which shows itself. */

import * as v from 'valibot';
import { exactObject } from './exact-object.js';
import { tabLimits } from './tab-limits.js';

/** `title` and `path` are there only where the site's rules let them be shown; a path has no query and no fragment. */
export const VisitorTab = exactObject({
  /** Random, of the tab: it stays while the tab goes from page to page. */
  id: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  inFront: v.boolean(),
  title: v.optional(v.pipe(v.string(), v.maxLength(tabLimits.titleLength))),
  path: v.optional(v.pipe(v.string(), v.maxLength(tabLimits.pathLength), v.startsWith('/'))),
});
export type VisitorTab = v.InferOutput<typeof VisitorTab>;

export const VisitorTabs = v.pipe(v.array(VisitorTab), v.maxLength(tabLimits.tabs));
