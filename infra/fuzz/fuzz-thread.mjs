/** One part of the fuzz on a thread, and so on a core, of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { fuzzRounds } from './fuzz-rounds.mjs';

const { file, fuzz, plan } = workerData;
const program = await import(file);
parentPort?.postMessage(fuzzRounds(program[fuzz], plan));
