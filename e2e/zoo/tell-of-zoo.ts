/** The convergence test over a part of the zoo: shows each page to an agent, and prints a table of how it went. */

import type { ZooPage } from '../../packages/testkit/zoo/zoo-page.js';
import { expect, test } from '../fixtures.js';
import { hasConverged, lineOf, showPage } from './show-zoo.js';
import { ZooVisit } from './zoo-visit.js';

/** Beginning an engagement, on a machine that does other things as well. */
const BEGIN_MS = 60_000;

export function tellOfZoo(pages: readonly ZooPage[]): void {
  test(`the agent sees what the visitor sees, on ${pages.length} pages of the zoo`, async ({
    people,
    service,
  }) => {
    const longest = pages.reduce((sum, { withinMs }) => sum + withinMs, BEGIN_MS);
    test.setTimeout(longest * 2);
    const visit = await ZooVisit.begin(people, service);
    const different: string[] = [];
    try {
      for (const page of pages) {
        const shown = await showPage(visit, page);
        process.stdout.write(`${lineOf(shown)}\n`);
        if (!hasConverged(shown)) different.push(lineOf(shown));
      }
      expect(visit.server.strangers, 'nobody but the visitor asks the site for anything').toEqual([]);
    } finally {
      await visit.end();
    }
    expect(different, 'pages that the agent sees otherwise than the visitor').toEqual([]);
  });
}
