/** Code that is read when it is needed. */

let failures = 0;

/**
 * Once more where it failed: browsers remember for as long as the page lives that an address failed, and take one with
 * another ending for another. They name it at the end of what they throw; where one does not, the page has to be loaded anew.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const address = /\w+:\S+$/.exec(String(error))?.[0];
    if (address === undefined) throw error;
    failures += 1;
    return (await import(`${address}#${failures}`)) as T;
  }
}
