/** Rounds of every fault, of which nineteen of twenty keep the promise and each keeps twice as much. */

import { healingTests } from './healing-tests.js';

healingTests(Number(process.env.HEAL_ROUNDS ?? 30));
