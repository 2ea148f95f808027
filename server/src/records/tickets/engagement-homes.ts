/** Keeps with each engagement the node on which it lives, from its first ticket on. */

import { type EntityManager, IsNull } from 'typeorm';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { endLostSharing } from '../retention/lost-sharing.js';
import { type Home, isHome, type LiveNode, type LiveNodes } from './live-nodes.js';

type Housed = Home & Pick<EngagementRow, 'engagementId'>;

export class EngagementHomes {
  readonly #nodes: LiveNodes;

  constructor(nodes: LiveNodes) {
    this.#nodes = nodes;
  }

  /** Where its next ticket leads: the node it has, or another when that is gone. */
  async settle(manager: EntityManager, row: Housed): Promise<LiveNode | undefined> {
    const home = this.#nodes.homeOf(row);
    if (home === undefined || isHome(row, home)) return home;
    const { engagementId, nodeId, nodeStart } = row;
    const former = { engagementId, nodeId: nodeId ?? IsNull(), nodeStart: nodeStart ?? IsNull() };
    const engagements = manager.getRepository(engagementEntity);
    const moved = await engagements.update(former, { nodeId: home.nodeId, nodeStart: home.startNumber });
    if (moved.affected === 1) {
      // What went on there is not restored here.
      if (nodeId !== null) await endLostSharing(manager, [engagementId], this.#nodes.lastSeen(row));
      return home;
    }
    // A ticket that was made at the same time has settled it.
    return this.#nodes.homeOf(await engagements.findOneByOrFail({ engagementId }));
  }

  /** An agent sits at one desk: where their engagements live, else at the newest node. */
  async deskOf(manager: EntityManager, rows: readonly Housed[]): Promise<LiveNode | undefined> {
    const [first] = rows;
    return first === undefined ? this.#nodes.current() : this.settle(manager, first);
  }
}
