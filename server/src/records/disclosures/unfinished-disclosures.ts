/** What officers are alarmed of from the first byte on: something goes out, and nobody has said that it came whole. */

import { type EntityManager, IsNull, Not } from 'typeorm';
import { disclosureEntity } from '../entities/disclosure-entity.js';

export async function unfinishedDisclosures(manager: EntityManager): Promise<readonly string[]> {
  const disclosures = manager.getRepository(disclosureEntity);
  const isUnfinished = await disclosures.existsBy({ begunAt: Not(IsNull()), closedAt: IsNull() });
  return isUnfinished ? ['disclosureBegun'] : [];
}
