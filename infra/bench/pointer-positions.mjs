/** How many of the positions that a visitor's pointer took are shown to the agent, one after the other. */

const POSITIONS = 120;
/** About as often as a browser tells a page of a moving pointer. */
const GAP_MS = 20;

/** Per cent of what the visitor's page itself was told. */
export async function sharePositions({ visitor, frame }) {
  await visitor.evaluate(() => {
    window.pointed = [];
    addEventListener(
      'mousemove',
      ({ clientX, clientY }) => window.pointed.push([clientX, clientY].join()),
      true,
    );
  });
  await frame.evaluate(() => {
    const cursor = document.querySelector('.replayer-mouse');
    window.pointedAt = new Set();
    const { style } = cursor;
    const note = () => window.pointedAt.add([style.left, style.top].map(Number.parseFloat).join());
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
  const shown = await frame.evaluate((places) => places.filter((each) => window.pointedAt.has(each)), told);
  if (told.length < POSITIONS / 2) throw new Error(`the page was told of ${told.length} positions only`);
  return (100 * shown.length) / told.length;
}
