/** Two that start at once: where one fails that is told then and there, while the other is still waited for. */

/** What the other began has to be known to whoever ends it, so nothing is thrown before both are through. */
export async function bothSettled<One, Other>(
  [one, other]: readonly [Promise<One>, Promise<Other>],
  onFailed: (error: unknown) => void,
): Promise<[One, Other]> {
  for (const each of [one, other]) each.catch(onFailed);
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}
