/** The worker that seals what the agent sends and opens what comes. */

import type { MediaScope } from '@alongside/frames';
import { serveMedia } from '@alongside/frames';

// In a worker the global scope is this interface; the DOM's types describe a window, which this never is.
serveMedia(globalThis as unknown as MediaScope);
