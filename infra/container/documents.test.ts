/** What the documents point at is there, and the README's settings are the program's. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { settingsMarkdown } from '../../server/src/app/settings-markdown.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const documents = [
  'README.md',
  'PRIVACY.md',
  'packages/protocol/PROTOCOL.md',
  'packages/frames/README.md',
  'server/ARCHITECTURE.md',
  'server/LIFECYCLES.md',
  'server/CALLS.md',
  'visitor-sdk/EMBEDDING.md',
];
const read = (path: string) => readFileSync(join(root, path), 'utf8');

function linksOf(document: string): string[] {
  const targets = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets.filter((target) => !/^(https?:|mailto:|#)/.test(target));
}

describe('the documents', () => {
  it.each(documents)('%s points at files that are there', (document) => {
    const missing = linksOf(document).filter((target) => {
      const [path = ''] = target.split('#');
      return !existsSync(join(root, dirname(document), path));
    });
    expect(missing).toEqual([]);
  });

  it('the README follows one click in six files', () => {
    const text = read('README.md');
    const section = text.slice(text.indexOf('## Follow one click'), text.indexOf('## Read on'));
    const steps = [...section.matchAll(/^\d\. \[`([\w.-]+)`\]\(([^)]+)\)/gm)];
    expect(steps).toHaveLength(6);
    for (const [, name = '', path = ''] of steps) {
      expect(path.endsWith(`/${name}`)).toBe(true);
      expect(statSync(join(root, path)).isFile()).toBe(true);
    }
  });

  it('the README has the settings as the program reads them', () => {
    expect(read('README.md')).toContain(settingsMarkdown());
  });

  it('every folder and place to begin that the architecture names is there', () => {
    const text = read('server/ARCHITECTURE.md');
    const rows = [...text.matchAll(/^\| `([\w/-]+)` \| [^|]+ \| ([^|]+) \|$/gm)];
    expect(rows.length).toBeGreaterThan(10);
    for (const [, folder = '', begin = ''] of rows) {
      const files = [...begin.matchAll(/`([\w./-]+)`/g)].map((match) => match[1] ?? '');
      const missing = ['.', ...files].filter((file) => !existsSync(join(root, folder, file)));
      expect([folder, missing]).toEqual([folder, []]);
    }
  });
});
