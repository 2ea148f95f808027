/** EMBEDDING.md names every call, option, event and error that the source has, each with an example, and no other. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../cobrowse/page-address.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const text = read('../../EMBEDDING.md');
const source = read('./public-api.ts');

/** The rows of the table whose first heading is this. */
function table(heading: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  if (from < 0) throw new Error(`EMBEDDING.md has no table of ${heading}`);
  const rows = lines.slice(from + 2);
  const length = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, length).map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
}

const namesOf = (heading: string) =>
  table(heading).map(([name = '']) => /`([a-zA-Z]+)/.exec(name)?.[1] ?? '');

/** The body of an interface or type of the public API. */
function declared(start: string, end: string): string {
  const from = source.indexOf(start);
  if (from < 0) throw new Error(`public-api.ts has no ${start}`);
  return source.slice(from, source.indexOf(end, from));
}

const found = (body: string, pattern: RegExp) => [...body.matchAll(pattern)].map((match) => match[1] ?? '');
const fields = (body: string) => found(body, /^ {2}(?:readonly )?([a-zA-Z]+)(?:<[^(]*>)?\??[:(]/gm);

const lists = [
  ['call', fields(declared('export interface Alongside {', '\n}'))],
  ['option of `start`', fields(declared('export interface StartOptions', '\n}'))],
  ['detail of `identify`', fields(declared('export interface VisitorDetails', '\n}'))],
  ['event', fields(declared('export interface AlongsideEvents', '\n}'))],
  ['error', found(declared('export type FailureReason', ';'), /\| '([a-zA-Z]+)'/g)],
] as const;

describe.each(lists)('the table of each %s', (heading, names) => {
  it('names them all and no other', () => {
    expect(names.length).toBeGreaterThan(1);
    expect(namesOf(heading).toSorted()).toEqual([...names].toSorted());
  });

  it('has an example or a remedy for each', () => {
    for (const row of table(heading)) expect(row.at(-1), row[0]).toMatch(/\w{3}/);
  });
});

it('the events hold what they are said to hold', () => {
  const body = declared('export interface AlongsideEvents', '\n}');
  for (const [event = '', holds = ''] of table('event')) {
    const name = event.replaceAll('`', '');
    const [, shape = ''] = new RegExp(`^ {2}${name}: (.*);$`, 'm').exec(body) ?? [];
    expect([name, found(holds, /^`([a-z]+)`/g)]).toEqual([name, found(shape, /readonly ([a-z]+):/g)]);
  }
});

it('the phases are those that a page can hear of', () => {
  const [, phases = ''] = /phase: \{ readonly phase: ([^}]*) \}/.exec(source) ?? [];
  const row = table('event').find(([name]) => name === '`phase`') ?? [];
  for (const phase of found(phases, /'([a-zA-Z]+)'/g)) expect(row[1]).toContain(`\`${phase}\``);
});

it('the attributes of the tag are those that are read', () => {
  const dataset = found(read('../loader/script-embedding.ts'), /(alongside[A-Z][a-z]+)[,\s]/g);
  const read_ = new Set(
    dataset.map((name) => `data-alongside-${name.slice('alongside'.length).toLowerCase()}`),
  );
  const [rows] = [table('attribute')];
  const named = rows.map(([name = '']) => /`(data-alongside-[a-z]+)/.exec(name)?.[1]);
  expect(named.toSorted()).toEqual([...read_].toSorted());
});

describe('what others call it', () => {
  it.each([
    [
      'Cobrowse.io',
      `license client start stop api customData createSessionCode createSession getSession confirmSession
      confirmRemoteControl confirmFullDevice showSessionControls hideSessionControls redactedViews unredactedViews
      ignoredViews disabledViews enabledViews capabilities trustedOrigins universalLinks pdfLinks registration deviceId
      session.loaded session.updated session.ended session.metrics.updated`,
    ],
    [
      'Upscope',
      `init updateConnection connect reset stopSession on getLookupCode getShortId getWatchLink customMessage
      expectDisconnect fullTabStart fullTabEnd newPageview prefetchAssets requestAgent cancelRequestAgent no-upscope
      sessionRequest sessionStart sessionContinue sessionEnd newObserver observerGone observersCount callStart
      callAccepted callEnd connectionReset`,
    ],
  ])('names all of %s', (product, names) => {
    const theirs = table(product).map(([name = '']) => name);
    const missing = names.split(/\s+/).filter((name) => !theirs.some((each) => each.includes(name)));
    expect(missing).toEqual([]);
  });

  it('answers each with something that there is', () => {
    const known = new Set([...lists.flatMap(([, names]) => names), 'on', 'off']);
    for (const [name = '', here = ''] of [...table('Cobrowse.io'), ...table('Upscope')]) {
      expect(here, name).toMatch(/\w{3}/);
      const calls = found(here, /`([a-z]+)\(/g);
      const events = found(here, /`on\('([a-z]+)'/g);
      expect(
        [...calls, ...events].filter((each) => !known.has(each)),
        name,
      ).toEqual([]);
    }
  });
});

it('every address in an example is one', () => {
  const addresses = found(text, /(https?:\/\/[^\s"'`);<]+)/g);
  expect(addresses.length).toBeGreaterThan(5);
  expect(addresses.filter((each) => parseAddress(each) === undefined)).toEqual([]);
});
