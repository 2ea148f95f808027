/**
 * How long a page's main thread ran scripts, in time of its processor: what others do on the machine meanwhile makes a
 * page wait, and does not make it work.
 */

/** @param {import('playwright').BrowserContext} context @param {import('playwright').Page | import('playwright').Frame} of */
export async function scriptClock(context, of) {
  const session = await context.newCDPSession(of);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const readMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'ScriptDuration').value;
  };
  return {
    session,
    readMs,
    /** @param {() => Promise<unknown>} work */
    spentMs: async (work) => {
      const before = await readMs();
      await work();
      return (await readMs()) - before;
    },
  };
}
