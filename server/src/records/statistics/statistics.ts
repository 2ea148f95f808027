/** The finished months of a customer in figures, counted once and kept as they may be shown. */

import type { StatisticsCell, StatisticsShown } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { type MonthFiguresRow, monthFiguresEntity } from '../entities/month-figures-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import { countMonth, type SiteCounts, uncountedMonths } from './month-counts.js';
import { LEAST_SHOWN, shownFigures, shownMeans } from './shown-figures.js';

/** Two years of a few sites; older months are not counted again, so they stay. */
const MOST_CELLS = 1_000;

export class Statistics {
  /** Before anything of the month is purged; a second time does nothing. */
  async closeMonths(
    manager: EntityManager,
    { tenantId, now }: { tenantId: string; now: Date },
  ): Promise<void> {
    for (const month of await uncountedMonths(manager, now)) {
      const cells = await countMonth(manager, month);
      if (cells.length === 0) continue;
      await manager
        .getRepository(monthFiguresEntity)
        .createQueryBuilder()
        .insert()
        .values(cells.map((each) => rowOf(each, { tenantId, month })))
        .orIgnore()
        .execute();
    }
  }

  async show(manager: EntityManager, caller: Caller): Promise<StatisticsShown> {
    const sites = await manager.getRepository(siteEntity).find({ select: { siteId: true, name: true } });
    const seen = sites.filter(
      ({ siteId }) => caller.roles.includes('officer') || caller.siteIds.includes(siteId),
    );
    const names = new Map(seen.map(({ siteId, name }) => [siteId, name]));
    const rows = await manager
      .getRepository(monthFiguresEntity)
      .createQueryBuilder('cell')
      .where('cell.site_id = ANY(:sites)', { sites: [...names.keys()] })
      .orderBy('cell.month', 'DESC')
      .limit(MOST_CELLS)
      .getMany();
    const cells = rows.map((row) => cellOf(row, names.get(row.siteId) ?? ''));
    return { least: LEAST_SHOWN, cells: cells.toSorted(newestFirst) };
  }
}

function rowOf(
  { siteId, counts, means }: SiteCounts,
  { tenantId, month }: { tenantId: string; month: string },
): Omit<MonthFiguresRow, 'countedAt'> {
  const shown = shownFigures(counts);
  return {
    ...{ tenantId, siteId, month },
    engagements: shown.engagements ?? null,
    accepted: shown.accepted ?? null,
    viewed: shown.viewed ?? null,
    controlled: shown.controlled ?? null,
    called: shown.called ?? null,
    answered: shown.answered ?? null,
    ...shownMeans(shown, means),
  };
}

function cellOf(row: MonthFiguresRow, siteName: string): StatisticsCell {
  const { engagements, accepted, viewed, controlled, called, answered } = row;
  const counted = { engagements, accepted, viewed, controlled, called, answered };
  return {
    month: row.month.slice(0, 7),
    siteId: row.siteId,
    siteName,
    figures: Object.fromEntries(Object.entries(counted).filter(([, value]) => value !== null)),
    rating: row.ratingTenths === null ? undefined : row.ratingTenths / 10,
    waitMs: row.waitSeconds === null ? undefined : row.waitSeconds * 1000,
  };
}

function newestFirst(one: StatisticsCell, other: StatisticsCell): number {
  return other.month.localeCompare(one.month) || one.siteName.localeCompare(other.siteName);
}
