/** How many of the positions that a visitor's pointer took are shown to the agent, one after the other. */

const POSITIONS = 120;
/** About as often as a browser tells a page of a moving pointer. */
const GAP_MS = 20;

/** Per cent of what the visitor's page itself was told. */
export async function sharePositions({ visitor, frame }) {
  await visitor.evaluate(() => {
    window.pointed = 0;
    addEventListener(
      'mousemove',
      () => {
        window.pointed += 1;
      },
      true,
    );
  });
  await frame.evaluate(() => {
    const cursor = document.querySelector('.replayer-mouse');
    window.pointedAt = new Set();
    const note = () => window.pointedAt.add(`${cursor.style.left} ${cursor.style.top}`);
    new MutationObserver(note).observe(cursor, { attributes: true, attributeFilter: ['style'] });
  });
  let due = performance.now();
  for (let at = 0; at < POSITIONS; at += 1) {
    due += GAP_MS;
    await visitor.mouse.move(100 + at * 8, 60 + ((at * 37) % 500));
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  const told = await visitor.evaluate(() => window.pointed);
  await visitor.waitForTimeout(500);
  const shown = await frame.evaluate(() => window.pointedAt.size);
  if (told < POSITIONS / 2) throw new Error(`the page was told of ${told} positions only`);
  return (100 * shown) / told;
}
