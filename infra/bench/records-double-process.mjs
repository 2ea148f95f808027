/** `records` as the tests have it, in memory: knows engagements and agents, and signs their tickets. */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

/** The test kit is built for nobody but tests; the bench bundles it. */
const { newEngagement, RecordsDouble } = createRequire(import.meta.url)(process.env.BENCH_TESTKIT ?? '');

const CONSOLE = 'http://console.test';
const clock = { now: () => Date.now() };
const records = new RecordsDouble(clock);

function make() {
  const [tenantId, siteId] = [randomUUID(), randomUUID()];
  const engagement = newEngagement({ tenantId, siteId, origin: 'http://shop.test' });
  records.ledger.start(engagement, clock.now());
  const agent = { agentId: randomUUID(), tenantId, displayName: 'Bench', siteIds: [siteId], origin: CONSOLE };
  records.ledger.know(agent);
  const host = 'live.test';
  return {
    visitor: {
      namespace: 'visitor',
      ticket: records.visitorTicket(engagement),
      origin: engagement.origin,
      host,
    },
    agent: { namespace: 'agent', ticket: records.agentTicket(agent), origin: CONSOLE, host },
  };
}

await records.start();
process.send({ url: records.url, secret: records.secret });
process.on('message', ({ id, make: count = 0 }) => {
  process.send({ id, tickets: Array.from({ length: count }, make) });
});
process.on('disconnect', () => process.exit(0));
