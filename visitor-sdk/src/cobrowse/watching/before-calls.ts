/** Hears of calls in the page's own prototypes before they take place, and leaves no trace when it stops. */

type Heard = (self: unknown) => void;
type Method = (this: unknown, ...parameters: unknown[]) => unknown;

/** Of a method, or of what reads or sets a property; answers how to take that back. */
export function beforeCalls(
  owner: object,
  { name, of }: { readonly name: string; readonly of: 'value' | 'get' | 'set' },
  heard: Heard,
): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const native: unknown = own?.[of];
  if (own?.configurable !== true || typeof native !== 'function') return () => undefined;
  let isOn = true;
  const listening = new Proxy(native as Method, {
    apply: (target, self: unknown, parameters: unknown[]) => {
      if (isOn) tell(heard, self);
      return Reflect.apply(target, self, parameters) as unknown;
    },
  });
  Object.defineProperty(owner, name, { ...own, [of]: listening });
  return () => {
    isOn = false;
    // Somebody else may have put theirs over ours; then ours stays below it and tells nobody.
    if (Object.getOwnPropertyDescriptor(owner, name)?.[of] === listening)
      Object.defineProperty(owner, name, own);
  };
}

/** Nothing of ours may ever throw into the page. */
function tell(heard: Heard, self: unknown): void {
  try {
    heard(self);
  } catch {
    // What cannot be asked is none of what is looked after.
  }
}
