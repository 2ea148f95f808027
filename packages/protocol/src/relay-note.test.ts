/** Notes and admissions read as they were written, and anything else is refused. */

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { frameCloseCode, readFrameClose } from './frame-close.js';
import { AgentId } from './ids.js';
import { NOTE_LENGTH } from './note-text.js';
import type { RefusalCode } from './refusal.js';
import { refusals } from './refusal.js';
import type { AgentNote } from './relay-note.js';
import { readAgentNote, readFrameAdmission, VisitorNote, writeNote } from './relay-note.js';
import { readVisitorNote } from './visitor-note.js';

const agent = v.parse(AgentId, '6f1c1f0e-2f55-4e7d-9a0b-1f2e3d4c5b6a');
const pass = 'A'.repeat(43);

const toVisitor: VisitorNote[] = [
  { admitted: { slot: 0, role: 'visitor' } },
  { peer: { slot: 1, agent, present: true } },
  { peer: { slot: 65535, agent, present: false } },
  { peer: { slot: 2, agent, present: false, away: true } },
  { behind: { slot: 3 } },
];
const toAgent: AgentNote[] = [
  { admitted: { slot: 1, role: 'agent' } },
  { peer: { slot: 0, present: false } },
  { cut: { epoch: 0xffffffff } },
];

describe('notes', () => {
  it.each(toVisitor)('to the visitor: %j', (note) => {
    expect(readVisitorNote(writeNote(note))).toEqual(note);
    expect(writeNote(note).length).toBeLessThanOrEqual(NOTE_LENGTH);
  });

  it.each(toAgent)('to an agent: %j', (note) => {
    expect(readAgentNote(writeNote(note))).toEqual(note);
  });

  it.each([
    '',
    'x',
    'null',
    '[]',
    '{}',
    '{"peer":{"slot":0,"agent":"x","present":true}}',
    '{"peer":{"slot":1,"present":true}}',
    '{"behind":{"slot":0}}',
    '{"behind":{"slot":1.5}}',
    '{"behind":{"slot":65536}}',
    '{"behind":{"slot":1},"more":1}',
    `{"behind":{"slot":1}}${' '.repeat(NOTE_LENGTH)}`,
    '{"admitted":{"slot":0,"role":"agent"}}',
    '{"admitted":{"slot":1,"role":"visitor"}}',
    '{"cut":{"epoch":1}}',
  ])('refuses to read as a note to the visitor: %s', (text) => {
    expect(readVisitorNote(text)).toBeUndefined();
  });

  it('keeps the two directions apart', () => {
    expect(readAgentNote(writeNote({ behind: { slot: 3 } }))).toBeUndefined();
    expect(readAgentNote(writeNote({ peer: { slot: 1, agent, present: true } }))).toBeUndefined();
  });
});

describe("what reads a visitor's notes without schemas", () => {
  const values = [undefined, null, true, false, 0, 1, 1.5, 65536, '', 'visitor', 'agent', agent, [], [1], {}];
  const names = [
    'admitted',
    'peer',
    'behind',
    'slot',
    'role',
    'agent',
    'present',
    'away',
    '__proto__',
    'more',
  ];

  /** Every note with one field set to each value, or one field more, within and without. */
  function* altered(note: VisitorNote): Generator<unknown> {
    for (const [name, body] of Object.entries(note)) {
      for (const field of names) {
        for (const value of values) {
          yield { [name]: { ...body, [field]: value } };
          yield { ...note, [field]: value };
          yield { [field]: body };
        }
      }
    }
  }

  it('takes what the schema takes, and nothing else', () => {
    const texts = toVisitor.flatMap((note) => [...altered(note)]).map((each) => JSON.stringify(each));
    const bySchema = texts.map((text) => v.is(VisitorNote, JSON.parse(text)));
    expect(texts.filter((text, at) => (readVisitorNote(text) !== undefined) !== bySchema[at])).toEqual([]);
    expect(bySchema.filter((taken) => taken).length).toBeGreaterThan(100);
    expect(bySchema.filter((taken) => !taken).length).toBeGreaterThan(500);
  });
});

describe('the admission', () => {
  it('is a protocol number and a pass, and nothing else', () => {
    expect(readFrameAdmission(writeNote({ protocol: 1, pass }))).toEqual({ protocol: 1, pass });
    expect(readFrameAdmission(JSON.stringify({ protocol: 1, pass, role: 'agent' }))).toBeUndefined();
    expect(readFrameAdmission(JSON.stringify({ protocol: 1, pass: 'short' }))).toBeUndefined();
    expect(readFrameAdmission(JSON.stringify({ pass }))).toBeUndefined();
  });
});

describe('a close', () => {
  it('carries every refusal in the range that applications may use', () => {
    for (const code of Object.keys(refusals) as RefusalCode[]) {
      expect(frameCloseCode(code)).toBeGreaterThanOrEqual(4000);
      expect(frameCloseCode(code)).toBeLessThan(5000);
      expect(readFrameClose(frameCloseCode(code), code)).toBe(code);
    }
  });

  it('reads nothing from a lost connection, an invented reason or a wrong number', () => {
    expect(readFrameClose(1006, '')).toBeUndefined();
    expect(readFrameClose(4401, 'toString')).toBeUndefined();
    expect(readFrameClose(4000, 'notAdmitted')).toBeUndefined();
  });
});
