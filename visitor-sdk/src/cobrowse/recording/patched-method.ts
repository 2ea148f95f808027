/** Hears of calls that no event tells of, in the page's own prototypes, and leaves no trace when it stops. */

export type Told = (self: unknown, parameters: readonly unknown[], answer: unknown) => void;
type Method = (this: unknown, ...parameters: unknown[]) => unknown;

/** Runs after each call that did not throw; answers how to take that back. */
export function afterCalls(owner: object, name: string, told: Told): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const field = own?.set === undefined ? 'value' : 'set';
  const native: unknown = own?.[field];
  if (own?.configurable !== true || typeof native !== 'function') return () => undefined;
  let isOn = true;
  const heard = new Proxy(native as Method, {
    apply: (target, self: unknown, parameters: unknown[]) => {
      const answer: unknown = Reflect.apply(target, self, parameters);
      if (isOn) told(self, parameters, answer);
      return answer;
    },
  });
  Object.defineProperty(owner, name, { ...own, [field]: heard });
  return () => {
    isOn = false;
    // Somebody else may have put theirs over ours; then ours stays below it and tells nobody.
    if (Object.getOwnPropertyDescriptor(owner, name)?.[field] === heard)
      Object.defineProperty(owner, name, own);
  };
}
