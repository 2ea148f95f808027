/** How something stands that was pressed. */

import type { Failure } from './session/visitor-http.js';

export type Progress =
  | { readonly state: 'idle' | 'busy' }
  | { readonly state: 'failed'; readonly failure: Failure };
