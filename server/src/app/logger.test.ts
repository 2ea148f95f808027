/** That a log line can hold ids, counts and codes, and nothing a person wrote. */

import { describe, expect, it } from 'vitest';
import { Frame } from '../live/relay/frame.js';
import type { LogFields } from './logger.js';
import { createLogger } from './logger.js';

function logged(fields: LogFields, event = 'engagement:accepted'): Record<string, unknown> {
  const lines: string[] = [];
  const logger = createLogger({
    process: 'test',
    level: 'debug',
    to: { write: (line) => void lines.push(line) },
  });
  logger.info(event, fields);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

describe('A log line', () => {
  it('holds ids, counts and codes', () => {
    const id = '6f1f2c8e-2f43-4f4e-9d6a-0a8b5a7d1c11';
    const line = logged({ engagementId: id, frames: 12, retryable: true, code: 'storageUnavailable' });
    expect(line).toMatchObject({ engagementId: id, frames: 12, retryable: true, code: 'storageUnavailable' });
    expect(line.event).toBe('engagement:accepted');
  });

  it('leaves out sentences, names that never hold a code, and what is long', () => {
    const line = logged({
      code: 'my income is 4200',
      text: 'hello',
      userEmail: 'a@b.example',
      id: 'x'.repeat(200),
    });
    expect(JSON.stringify(line)).not.toMatch(/income|hello|example|xxx/);
    expect(line.fieldsLeftOut).toBe(4);
  });

  it('takes no object, frame or error, even by a cast', () => {
    const smuggled = { a: { b: 1 }, f: new Frame(new Uint8Array(4)), e: new Error('secret words') };
    const line = logged(smuggled as unknown as LogFields);
    expect(JSON.stringify(line)).not.toContain('secret');
    expect(line.fieldsLeftOut).toBe(3);
  });

  it('does not write an event that is a sentence', () => {
    expect(logged({}, 'the visitor wrote: help').event).toBe('log:unnamed');
  });
});

describe('A frame', () => {
  it('throws where something would write it down', () => {
    const frame = new Frame(new Uint8Array([1, 2, 3]));
    expect(() => JSON.stringify({ frame })).toThrow('never written down');
    expect(() => `${frame}`).toThrow('never written down');
    expect(Object.keys(frame)).toEqual([]);
  });
});
