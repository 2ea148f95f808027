/** Random batches of events of every size, from a seed, so that a failing run can be run again. */

export type Random = () => number;

/** Numbers in [0, 1) that depend on the seed alone (mulberry32's recurrence). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One to thirty events; now and then a text so long that it takes several frames. */
export function randomEvents(random: Random): unknown[] {
  const count = 1 + Math.floor(random() * 30);
  return Array.from({ length: count }, () => randomEvent(random));
}

function randomEvent(random: Random): unknown {
  const roll = random();
  if (roll < 0.002) return { type: 2, text: noise(random, 150_000) };
  if (roll < 0.5) return { type: 3, data: { source: 1, x: Math.floor(random() * 2000) }, timestamp: roll };
  if (roll < 0.9) return { type: 3, data: { source: 0, texts: [{ id: 7, value: noise(random, 60) }] } };
  return [null, true, noise(random, 5), { ключ: '😀'.repeat(Math.floor(random() * 9)), deep: [[[roll]]] }];
}

function noise(random: Random, length: number): string {
  return Array.from({ length: Math.floor(random() * length) }, () =>
    String.fromCharCode(32 + Math.floor(random() * 400)),
  ).join('');
}
