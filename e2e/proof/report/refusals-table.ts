/** The table of refused starts as PRIVACY.md shows it, made of the program's own rules. */

import { processRules } from '../../../server/src/app/process-rules.js';
import { objectRules, settingRules } from '../../../server/src/records/database/database-rules.js';

export const REFUSALS_BEGIN =
  '<!-- refusals: made of server/src/app/process-rules.ts and database-rules.ts -->';
export const REFUSALS_END = '<!-- /refusals -->';

export function refusalsTable(): string {
  const rows = [
    ...processRules.map(({ what, why }) => row('every process', what, why)),
    row('`live`', 'an adapter of socket.io other than the in-memory one', 'it may keep what passes'),
    ...settingRules.map(({ setting, allowed, why }) =>
      row('`records`, of its database', `\`${setting}\` other than ${allowed.map(value).join(', ')}`, why),
    ),
    ...objectRules.map(({ what, why }) => row('`records`, of its database', `a ${what}`, why)),
  ];
  return [REFUSALS_BEGIN, '| Who refuses | What | Why |', '|---|---|---|', ...rows, REFUSALS_END].join('\n');
}

function row(who: string, what: string, why: string): string {
  return `| ${who} | ${what} | ${why} |`;
}

function value(text: string): string {
  return text === '' ? 'empty' : `\`${text}\``;
}
