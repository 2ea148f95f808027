/** The whole program of the sealing worker; a bundle of this file is what the SDK starts from a blob. */

import type { EngineScope } from './engine-port.js';
import { serveEngine } from './engine-port.js';

// In a worker the global scope is this interface; the DOM's types describe a window, which this never is.
serveEngine(globalThis as unknown as EngineScope);
