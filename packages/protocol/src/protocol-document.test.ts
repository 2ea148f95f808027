/** PROTOCOL.md names everything the tables of this package hold, with the right numbers. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FrameKind, IntentKind } from './index.js';
import {
  AgentTicket,
  agentCommands,
  EngagementLedger,
  frameLane,
  frameSizeLimit,
  intentRefusals,
  isRetryable,
  PROTOCOL_VERSION,
  type RefusalCode,
  refusals,
  VisitorTicket,
  visitorCommands,
  writeFrameHeader,
  writeIntentHeader,
} from './index.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const text = read('../PROTOCOL.md');
const lines = text.split('\n');

const section = (title: string) => {
  const from = lines.indexOf(`## ${title}`);
  const length = lines.slice(from + 1).findIndex((line) => line.startsWith('## '));
  if (from < 0) throw new Error(`PROTOCOL.md has no section ${title}`);
  return lines.slice(from + 1, length < 0 ? undefined : from + 1 + length);
};
const rowNaming = (rows: readonly string[], name: string) =>
  rows.filter((row) => row.startsWith('|') && (row.split('|')[1] ?? '').includes(`\`${name}\``));
const namesIn = (source: string, pattern: RegExp) => [
  ...new Set([...source.matchAll(pattern)].map((match) => match[1] ?? '')),
];

describe('PROTOCOL.md', () => {
  it('tells the version and has a line of history for it', () => {
    expect(text).toContain(`Version **${PROTOCOL_VERSION}**`);
    expect(section('History').some((line) => line.startsWith(`| ${PROTOCOL_VERSION} |`))).toBe(true);
  });

  const commands = [...new Set([...Object.keys(visitorCommands), ...Object.keys(agentCommands)])];
  it.each(commands)('says who has the command %s', (name) => {
    const [row = '', ...more] = rowNaming(section('Commands'), name);
    expect(more).toEqual([]);
    const [, , visitor = '', agent = ''] = row.split('|').map((cell) => cell.trim());
    expect([visitor, agent]).toEqual([
      name in visitorCommands ? 'yes' : '',
      name in agentCommands ? 'yes' : '',
    ]);
  });

  const bodies = [...Object.entries(visitorCommands), ...Object.entries(agentCommands)];
  it.each(bodies)('names every field that %s takes', (name, schema) => {
    const [row = ''] = rowNaming(section('Commands'), name);
    const body = row.split('|')[4] ?? '';
    const fields = Object.keys(schema.entries).filter((field) => field !== 'engagementId');
    expect(fields.filter((field) => !body.includes(`\`${field}\``))).toEqual([]);
  });

  it('names every claim of a ticket, and all that the ledger on it holds', () => {
    const gettingIn = section('Getting in').join('\n');
    const schemas = [VisitorTicket, AgentTicket, EngagementLedger];
    const fields = new Set(schemas.flatMap((schema) => Object.keys(schema.entries)));
    expect(fields.size).toBeGreaterThan(25);
    expect([...fields].filter((field) => !gettingIn.includes(`\`${field}\``))).toEqual([]);
  });

  it('names every note of the relay, and why it passes an intent on or not', () => {
    const source = read('./relay-note.ts');
    const notes = namesIn(source, /^ {2}exactObject\(\{\s*([a-z]+):/gm).filter((name) => name !== 'role');
    expect(notes.toSorted()).toEqual(['admitted', 'behind', 'cut', 'peer', 'refused']);
    const frames = section('Frames').join('\n');
    expect(notes.filter((note) => !frames.includes(`| \`{ ${note}: `))).toEqual([]);
    const [, listed = ''] = /intentNoteCodes = \[(.*)\]/.exec(source) ?? [];
    for (const code of namesIn(listed, /'([a-zA-Z]+)'/g)) expect(frames).toContain(`\`${code}\``);
  });

  it('names every intent with its code, and every answer to one', () => {
    const frames = section('Frames').join('\n');
    for (const [kind, code] of Object.entries({
      point: 1,
      draw: 2,
      scroll: 3,
      click: 4,
      type: 5,
      navigate: 6,
    })) {
      const header = { kind: 'intent', resend: false, slot: 1, epoch: 0, sequence: 0 } as const;
      const seen = { lease: 0, seenEpoch: 0, seenSequence: 0 };
      const intent = kind as IntentKind;
      expect(writeIntentHeader({ ...header, ...seen, intent })[12]).toBe(code);
      expect(frames).toContain(`\`${kind}\` ${code}`);
    }
    expect(intentRefusals.filter((each) => !frames.includes(`\`${each}\``))).toEqual([]);
  });

  it('gives every kind of frame its size', () => {
    const rows = section('Frames').filter((line) => /^\| `[a-z]+` \| \d+ \|/.test(line));
    expect(rows).toHaveLength(10);
    for (const row of rows) {
      const [, name = '', , , , size = ''] = row.split('|').map((cell) => cell.trim());
      const [, number = '', unit] = /^(\d+)( KiB)?/.exec(size) ?? [];
      const bytes = Number(number) * (unit === undefined ? 1 : 1024);
      expect([name, bytes]).toEqual([name, frameSizeLimit(name.replaceAll('`', '') as FrameKind)]);
    }
  });

  it('names no command that there is not', () => {
    const named = namesIn(section('Commands').join('\n'), /`([a-z]+:[a-zA-Z]+)`/g);
    expect(named.filter((name) => !commands.includes(name))).toEqual([]);
  });

  it('names every fact and no other', () => {
    const source = read('./signal.ts');
    const facts = namesIn(source, /'([a-z]+:[a-zA-Z]+)': (?:\(\s*fact|Opened<)/g).sort();
    const named = namesIn(section('Facts').join('\n'), /`([a-z]+:[a-zA-Z]+)`/g).sort();
    expect(facts.length).toBeGreaterThan(10);
    expect(named).toEqual(facts);
  });

  it('gives every kind of frame its code and lane', () => {
    const kinds = namesIn(read('./frame-header.ts'), /^ {2}([a-z]+): \d+,$/gm).filter(
      (name) => !['point', 'draw', 'scroll', 'click', 'type', 'navigate'].includes(name),
    ) as FrameKind[];
    expect(kinds).toHaveLength(10);
    for (const kind of kinds) {
      const [row = ''] = rowNaming(section('Frames'), kind);
      const [, , code, , lane] = row.split('|').map((cell) => cell.trim());
      const header = writeFrameHeader({ kind, resend: false, slot: 0, epoch: 0, sequence: 0 });
      expect([kind, code, lane]).toEqual([kind, String(header[0]), frameLane(kind)]);
    }
  });

  it('gives every refusal its status, and marks those worth trying again', () => {
    const rows = section('Refusals');
    for (const [code, { status }] of Object.entries(refusals)) {
      const row = rows.find((line) => line.startsWith(`| ${status} |`)) ?? '';
      expect(row).toContain(`\`${code}\``);
      expect([code, row.includes(`**\`${code}\`**`)]).toEqual([code, isRetryable(code as RefusalCode)]);
    }
  });

  it('names every entry of the journal', () => {
    const source = read('../../engagement/src/journal.ts');
    const types = namesIn(source, /type: '([a-zA-Z]+)'/g);
    expect(types.length).toBeGreaterThan(12);
    const journal = section('The journal channel').join('\n');
    expect(types.filter((type) => !journal.includes(`\`${type}\``))).toEqual([]);
  });
});
