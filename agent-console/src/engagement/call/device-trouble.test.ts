/** What keeps a microphone or camera from working is told apart, in words for each. */

import { describe, expect, it } from 'vitest';
import { messagesIn } from '../../messages/catalogue.js';
import type { DeviceTrouble } from './device-trouble.js';
import { readDeviceTrouble } from './device-trouble.js';

const troubles = [
  'refused',
  'system',
  'page',
  'missing',
  'unplugged',
  'busy',
  'unsupported',
  'failed',
] as const satisfies DeviceTrouble[];

describe('what the browser throws', () => {
  it.each<[DeviceTrouble, unknown]>([
    ['refused', new DOMException('Permission denied', 'NotAllowedError')],
    ['system', new DOMException('Permission denied by system', 'NotAllowedError')],
    ['page', new DOMException('', 'SecurityError')],
    ['missing', new DOMException('', 'NotFoundError')],
    // Some browsers throw this one without its being an error.
    ['missing', { name: 'OverconstrainedError', constraint: 'deviceId' }],
    ['busy', new DOMException('', 'NotReadableError')],
    ['busy', new DOMException('', 'AbortError')],
    ['unsupported', new DOMException('', 'NotSupportedError')],
    ['unsupported', new TypeError('There are no media devices here.')],
    ['failed', new DOMException('', 'InvalidStateError')],
    ['failed', undefined],
    ['failed', 'NotAllowedError'],
  ])('is read as %s', (trouble, thrown) => {
    expect(readDeviceTrouble(thrown)).toBe(trouble);
  });
});

describe.each(['en', 'de'] as const)('in %s', (language) => {
  it.each(['microphone', 'camera'] as const)('a %s has other words for each trouble', (source) => {
    const { has, named } = messagesIn(language);
    const keys = troubles.map((trouble) => `call.${source}.${trouble}`);
    expect(keys.filter((key) => !has(key))).toEqual([]);
    const words = keys.map((key) => named(key, ''));
    expect(new Set(words).size).toBe(troubles.length);
  });
});
