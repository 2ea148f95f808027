/** Any picture of the panel, for parts that are loaded later. */

import { Strokes } from './icons.js';
import type { LaterIconName } from './later-icon-paths.js';
import { laterIconPaths } from './later-icon-paths.js';

export function Icon({ name }: { readonly name: LaterIconName }) {
  return <Strokes path={laterIconPaths[name]} />;
}
