/** The whole program of the worker that seals calls; a bundle of this file is what the SDK starts from a blob. */

import type { MediaScope } from './media-streams.js';
import { serveMedia } from './media-streams.js';

// In a worker the global scope is this interface; the DOM's types describe a window, which this never is.
serveMedia(globalThis as unknown as MediaScope);
