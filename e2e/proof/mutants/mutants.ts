/** Every planted leak there is. */

import { apart } from './apart.js';
import { browsers } from './browsers.js';
import { dumpsOfLive } from './dumps-of-live.js';
import { filesInLive } from './files-in-live.js';
import { mediaInLive } from './media-in-live.js';
import type { Mutant } from './mutant.js';
import { plainText } from './plain-text.js';
import { redisCommands } from './redis-commands.js';
import { rows } from './rows.js';
import { wordsOfLive } from './words-of-live.js';

export const mutants: readonly Mutant[] = [
  ...filesInLive,
  ...wordsOfLive,
  ...rows,
  ...plainText,
  ...mediaInLive,
  ...dumpsOfLive,
  ...browsers,
  ...redisCommands,
  ...apart,
];
