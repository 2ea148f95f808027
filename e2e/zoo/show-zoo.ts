/** Shows pages of the zoo to an agent, one after the other, and tells of each whether both sides became equal. */

import type { ZooPage } from '../../packages/testkit/zoo/zoo-page.js';
import type { Compared, Difference } from './compare-pages.js';
import { comparePages } from './compare-pages.js';
import { comparePictures } from './compare-pictures.js';
import { drivePage } from './drive-page.js';
import type { ZooVisit } from './zoo-visit.js';

export interface ShownPage {
  readonly page: ZooPage;
  readonly nodes: number;
  readonly differences: readonly Difference[];
  /** Of the two pictures, in thousandths; undefined when it did not come to them. */
  readonly differing: number | undefined;
  readonly placeholders: number;
  readonly tookMs: number;
  readonly fault: string | undefined;
}

/** Letters are smoothed otherwise where a page is drawn in a frame; more is a fault. */
const DIFFERING = 2;
/** The pictures may be a moment later than what they show. */
const PICTURES_MS = 4_000;

export async function showPage(visit: ZooVisit, page: ZooPage): Promise<ShownPage> {
  const start = performance.now();
  let compared: Compared = { differences: [], nodes: 0, masked: [] };
  let differing: number | undefined;
  let fault: string | undefined;
  try {
    await visit.open(page);
    for (const steps of [page.drive, ...(page.next ?? [])]) {
      await drivePage(visit.visitor.page, steps);
      // The time is that of becoming equal: how long a busy machine took to load and drive the page is no part of it.
      compared = await untilEqual(visit, performance.now() + page.withinMs);
      differing = await picturesOf(visit, { compared, page });
      if (!isAlike({ page, differences: compared.differences, differing })) break;
    }
  } catch (error) {
    fault = error instanceof Error ? error.message.slice(0, 2000) : String(error);
  }
  const tookMs = Math.round(performance.now() - start);
  const { differences, nodes, masked } = compared;
  return { page, nodes, differences, differing, placeholders: masked.length, tookMs, fault };
}

async function untilEqual(visit: ZooVisit, deadline: number): Promise<Compared> {
  for (;;) {
    const [visitor, replay] = await Promise.all([visit.read('visitor'), visit.read('replay')]);
    if (visitor === undefined) throw new Error('The visitor has no page.');
    const compared = replay && comparePages(visitor, replay, visit.kept);
    if (compared?.differences.length === 0) return compared;
    if (performance.now() > deadline) {
      return (
        compared ?? {
          differences: [{ aspect: 'structure', at: '', said: 'nothing is shown' }],
          nodes: 0,
          masked: [],
        }
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

async function picturesOf(
  visit: ZooVisit,
  { compared, page }: { readonly compared: Compared; readonly page: ZooPage },
): Promise<number> {
  const deadline = performance.now() + Math.max(PICTURES_MS, page.withinMs);
  for (;;) {
    const pictures = await visit.pictures();
    const differing = await comparePictures(visit.table, { ...pictures, apart: compared.masked });
    if (differing <= boundOf(page) || performance.now() > deadline) return differing;
  }
}

export function hasConverged(shown: ShownPage): boolean {
  return shown.fault === undefined && isAlike(shown);
}

function isAlike({
  page,
  differences,
  differing,
}: Pick<ShownPage, 'page' | 'differences' | 'differing'>): boolean {
  return differences.length === 0 && differing !== undefined && differing <= boundOf(page);
}

function boundOf({ differing = DIFFERING }: ZooPage): number {
  return differing;
}

/** One line of the table, and below it what differs. */
export function lineOf(shown: ShownPage): string {
  const { page, nodes, differing, placeholders, tookMs, differences, fault } = shown;
  const picture = differing === undefined ? '    -' : differing.toFixed(2).padStart(5);
  const cells = [
    hasConverged(shown) ? 'equal ' : 'DIFFERS',
    page.name.padEnd(20),
    `${String(nodes).padStart(6)} nodes`,
    `${picture}\u2030`,
    `${placeholders} covered`,
    `${(tookMs / 1000).toFixed(1)} s`,
  ];
  const said = differences.slice(0, 6).map(({ aspect, at, said: what }) => `      ${aspect} ${at}: ${what}`);
  if (differences.length > 6) said.push(`      and ${differences.length - 6} more`);
  if (fault !== undefined) said.push(`      ${fault}`);
  return [cells.join('  '), ...said].join('\n');
}
