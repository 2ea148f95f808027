/** What a camera waits for before it can be shown or switched off, and for how long at most. */

const BEGINS_WITHIN_MS = 10_000;

export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TypeError('It did not begin in time.')), BEGINS_WITHIN_MS);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}
