/** What the script tag's panel loads for an agent, with the names and hashes of the parts that this loads in turn. */

import type { TogetherFile } from '../panel/together/together.js';
import { startTogether as start } from '../panel/together/together-part.js';
import type { PartLoading } from './script-parts.js';
import { scriptParts } from './script-parts.js';

export const startTogether: TogetherFile<PartLoading>['startTogether'] = (host, loading) =>
  start(host, scriptParts(loading));
