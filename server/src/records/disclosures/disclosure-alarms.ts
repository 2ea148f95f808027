/** What officers are alarmed of: something goes out and nobody has said that it came whole, or somebody is to be told of it. */

import { type EntityManager, IsNull, LessThanOrEqual, Not } from 'typeorm';
import { disclosureEntity } from '../entities/disclosure-entity.js';

export async function disclosureAlarms(manager: EntityManager, now: Date): Promise<readonly string[]> {
  const disclosures = manager.getRepository(disclosureEntity);
  const isUnfinished = await disclosures.existsBy({ begunAt: Not(IsNull()), closedAt: IsNull() });
  const tellsOn = LessThanOrEqual(now.toISOString().slice(0, 10));
  const isUntold = await disclosures.existsBy({ state: 'disclosed', tellsOn, toldAt: IsNull() });
  return [...(isUnfinished ? ['disclosureBegun'] : []), ...(isUntold ? ['disclosureUntold'] : [])];
}
