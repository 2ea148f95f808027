/** What a technical fact says, field by field, in words; a field that this version does not know is told as it is. */

import type { EngagementRecord } from '@alongside/protocol';
import type { Messages } from '../messages/catalogue.js';
import type { Formats } from '../messages/formats.js';
import { clockSpan } from '../messages/formats.js';

export type Fact = EngagementRecord['metadata'][number];
type Words = Pick<Messages, 't' | 'named'> & Pick<Formats, 'country' | 'dateTime'>;

export interface FactDetail {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** The field that says when something of this kind was over. */
const endOf: Readonly<Record<string, string>> = {
  watched: 'watchedTo',
  lease: 'endedAt',
  call: 'endedAt',
  callPresence: 'leftAt',
};
/** Acts are counted; what did not happen is not worth a line. */
const counts = new Set(['points', 'draws', 'scrolls', 'clicks', 'types', 'navigations']);

export function factDetails(record: EngagementRecord, fact: Fact, words: Words): readonly FactDetail[] {
  const label = (name: string): string => words.named(`fact.${name}`, name);
  const told = Object.entries(fact.fields)
    // The sentence of the reading basis stands beside it.
    .filter(([name, value]) => name !== 'readingBasis' && !(counts.has(name) && value === 0))
    .map(([name, value]) => ({ name, label: label(name), value: valueText(record, { name, value }, words) }));
  const end = endOf[fact.kind];
  if (end === undefined || fact.fields[end] !== undefined) return told;
  const value = words.t(isOver(record, fact) ? 'fact.lost' : 'fact.running');
  return [...told, { name: end, label: label(end), value }];
}

interface Field {
  readonly name: string;
  readonly value: string | number | boolean;
}

function valueText(record: EngagementRecord, { name, value }: Field, words: Words): string {
  const text = String(value);
  if (typeof value === 'number') {
    if (name.endsWith('At') || name.endsWith('To')) return words.dateTime(value);
    return name.endsWith('Ms') ? clockSpan(value) : text;
  }
  switch (name) {
    case 'agentId':
    case 'removerId':
      return record.agentNames?.[text] ?? (isOnlyAgent(record, text) ? (record.agentName ?? text) : text);
    case 'agentCountry':
    case 'expertCountry':
    case 'toCountry':
    case 'originCountry':
      return words.country(text);
    case 'language':
    case 'wordsLanguage':
      return words.named(`language.${text}`, text);
    case 'by':
    case 'endedBy':
    case 'party':
    case 'removedBy':
    case 'startedBy':
      return words.named(`party.${text}`, text);
    case 'kinds':
      return listed(text, (kind) => words.named(`kind.${kind}`, kind));
    case 'showed':
      return listed(text, (kind) => words.named(`fact.showed.${kind}`, kind));
    default:
      return words.named(`fact.${name}.${text}`, text);
  }
}

function listed(text: string, name: (each: string) => string): string {
  return text.split(',').map(name).join(', ');
}

/** The record names one agent; where several took part, a name would be a guess. */
function isOnlyAgent({ metadata }: EngagementRecord, agentId: string): boolean {
  return metadata.every(({ fields }) => fields.agentId === undefined || fields.agentId === agentId);
}

/** What has no end and cannot go on any more: the end was lost with the connection. */
function isOver({ endedAt, metadata }: EngagementRecord, { kind, at }: Fact): boolean {
  if (endedAt !== undefined) return true;
  // Leases run beside each other; of the others, a later one says that the former is over.
  return (
    kind !== 'lease' &&
    kind !== 'callPresence' &&
    metadata.some((other) => other.kind === kind && other.at > at)
  );
}
