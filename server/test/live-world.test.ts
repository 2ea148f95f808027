/** The world of these tests fails whoever lets one tenant hear of another. */

import { expect, it } from 'vitest';
import { LiveWorld } from './live-world.js';

it('ends with an error when another tenant heard a name', async () => {
  const world = await LiveWorld.start();
  const { engagementId } = await world.active();
  const rival = await world.agent(world.rival.agents[0]);
  rival.heard.push(`leak {"engagementId":"${engagementId}"}`);
  await expect(world.close()).rejects.toThrow('Another tenant heard of it');
});
