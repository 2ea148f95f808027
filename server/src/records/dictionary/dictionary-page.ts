/** The data dictionary as a page for officers: of each column its class, purpose, source, basis and term. */

import { exportSources } from '../rights/export-sources.js';
import { legalBases } from '../rights/rules/legal-bases.js';
import { dataDictionary } from './data-dictionary.js';
import type { TableClass } from './described-table.js';
import { carried } from './visitor-tables.js';

interface ClassFacts {
  readonly purpose: string;
  readonly basis: string;
  readonly source: string;
  readonly kept: string;
}

const classes: Readonly<Record<TableClass, ClassFacts>> = {
  transcript: {
    ...{ purpose: 'conversation', basis: legalBases.conversation },
    ...{ source: exportSources.transcript.join('; '), kept: '3 months after the end; 24 at most' },
  },
  survey: {
    ...{ purpose: 'feedback', basis: legalBases.feedback },
    ...{ source: exportSources.survey.join('; '), kept: '3 months after the end; 24 at most' },
  },
  metadata: {
    ...{ purpose: 'accountability', basis: legalBases.accountability },
    ...{ source: exportSources.metadata.join('; '), kept: '3 months after the end; 12 at most' },
  },
  case: {
    ...{ purpose: 'rights', basis: legalBases.rights },
    ...{ source: 'whoever asks, and the officers who answer', kept: '36 months after the end of the case' },
  },
  account: {
    ...{ purpose: 'the service itself', basis: '6(1)(b)' },
    ...{ source: 'the customer and its people', kept: 'contract and law; gone with the account' },
  },
};

/** Terms of their own, within that of the class. */
const shorter: Readonly<Record<string, string>> = {
  'engagement.return_hash': '24 hours, and then to the next sweep (every 6 hours)',
  'refresh_token.token_hash': 'until it has run out, used or not, and then to the next sweep (every 6 hours)',
  'enrolment.secret_hash': 'until it was used or has run out, and then to the next sweep (every 6 hours)',
};

export function dictionaryPage(): string {
  const tables = Object.entries(dataDictionary).map(([table, { class: of, columns }]) => {
    const { purpose, basis, source, kept } = classes[of];
    const rows = Object.entries(columns).map(([column, what]) => {
      const from = Object.hasOwn(carried, column) ? 'decided when the row is written' : source;
      return row([`\`${column}\``, what, purpose, from, basis, shorter[`${table}.${column}`] ?? kept]);
    });
    const head = row(['column', 'what it is for', 'purpose', 'source', 'basis (Art.)', 'kept']);
    return [`## ${table} (${of})`, '', head, row(Array(6).fill('---')), ...rows, ''].join('\n');
  });
  return [
    '# Data dictionary',
    '',
    'Every table and column that there is, made from the descriptions that a test holds against the database. The page',
    'itself is held by a test as well: `npx vitest run -c infra/vitest.config.mjs --project unit dictionary-page -u` writes it anew.',
    'Terms are the defaults and the caps; a customer sets its own within them, and a hold with its law keeps one case longer.',
    '',
    ...tables,
  ].join('\n');
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
