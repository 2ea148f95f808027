/** The ways in which a device fails, told apart. */

import { expect, it } from 'vitest';
import { deviceFaultOf } from './device-fault.js';

it.each([
  ['NotFoundError', 'Requested device not found', false, 'missing'],
  ['DevicesNotFoundError', '', false, 'missing'],
  ['OverconstrainedError', '', false, 'missing'],
  ['NotAllowedError', 'Permission denied', false, 'refused'],
  ['NotAllowedError', 'Permission dismissed', false, 'refused'],
  ['NotAllowedError', 'Permission denied by system', false, 'system'],
  ['NotAllowedError', 'Permission denied', true, 'page'],
  ['SecurityError', '', false, 'page'],
  ['NotReadableError', 'Could not start video source', false, 'busy'],
  ['AbortError', '', false, 'busy'],
  ['TypeError', '', false, 'failed'],
  ['', '', false, 'failed'],
])('tells %s (%s) as it is', (name, message, pageForbids, fault) =>
  expect(deviceFaultOf({ name, message, pageForbids })).toBe(fault),
);
