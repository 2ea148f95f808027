/** The table of settings as the README shows it. */

import { settingsTable } from './settings-table.js';

export const SETTINGS_BEGIN = '<!-- settings: made by server/src/app/write-settings.ts -->';
export const SETTINGS_END = '<!-- /settings -->';

export function settingsMarkdown(): string {
  const rows = Object.entries(settingsTable).map(
    ([name, { shownDefault, meaning }]) => `| \`${name}\` | ${shownDefault} | ${meaning} |`,
  );
  return [SETTINGS_BEGIN, '| Variable | Default | Meaning |', '|---|---|---|', ...rows, SETTINGS_END].join(
    '\n',
  );
}

/** The text with its section renewed, or with one at its end. */
export function withSettings(readme: string): string {
  const from = readme.indexOf(SETTINGS_BEGIN);
  const to = readme.indexOf(SETTINGS_END);
  if (from < 0 || to < from) return `${readme.trimEnd()}\n\n## Settings\n\n${settingsMarkdown()}\n`;
  return `${readme.slice(0, from)}${settingsMarkdown()}${readme.slice(to + SETTINGS_END.length)}`;
}
