/** What `live` tells of itself at `/health`. */

import { callLocal } from '../../service/local-http.js';
import type { ServiceUnderProof } from '../service-under-proof.js';

/** Whether calls can be made: `ready`, or how the media worker stands. */
export async function readCalls({ origins }: ServiceUnderProof): Promise<string> {
  const health: unknown = (await callLocal(`${origins.live}/health`)).json();
  return String(field(field(health, 'calls'), 'state'));
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
