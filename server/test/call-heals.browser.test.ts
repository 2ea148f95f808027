/** One round of every fault, in every run; `call-heals.full.test.ts` measures many. */

import { healingTests } from './healing-tests.js';

healingTests(1);
