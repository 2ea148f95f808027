/** The ways in which a device fails, told apart. */

import { expect, it } from 'vitest';
import { faultOf } from './media-device.js';

it.each([
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotAllowedError', 'refused'],
  ['SecurityError', 'refused'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
  ['TypeError', 'failed'],
  ['', 'failed'],
])('tells %s as %s', (name, fault) => expect(faultOf(name)).toBe(fault));
