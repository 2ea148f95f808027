/** Whether the service has heard a word, be it with a no that will not change: otherwise it is said again. */

import type { Result } from '../../app/failure.js';
import { isWorthRetrying } from '../../app/failure.js';

export function isHeard(said: Result<unknown>): boolean {
  return said.ok || !isWorthRetrying(said.failure);
}
