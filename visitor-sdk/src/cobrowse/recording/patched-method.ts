/** Hears of calls that no event tells of, in the page's own prototypes, and leaves no trace when it stops. */

import { attempt } from './attempt.js';

export type Told = (self: unknown, parameters: readonly unknown[], answer: unknown) => void;
type Method = (this: unknown, ...parameters: unknown[]) => unknown;

/** A method, or what reads or sets a property. */
interface Place {
  readonly name: string;
  readonly of: 'value' | 'get' | 'set';
}

/** Runs after each call that did not throw; answers how to take that back. */
export function afterCalls(owner: object, name: string, told: Told): () => void {
  const isSet = Object.getOwnPropertyDescriptor(owner, name)?.set !== undefined;
  return patch(owner, { name, of: isSet ? 'set' : 'value' }, { after: told });
}

/** Runs before each call, into which nothing of it may throw; answers how to take that back. */
export function beforeCalls(owner: object, place: Place, heard: (self: unknown) => void): () => void {
  return patch(owner, place, { before: (self) => attempt(() => heard(self), undefined) });
}

function patch(
  owner: object,
  { name, of }: Place,
  { before, after }: { readonly before?: (self: unknown) => void; readonly after?: Told },
): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const native: unknown = own?.[of];
  if (own?.configurable !== true || typeof native !== 'function') return () => undefined;
  let isOn = true;
  const heard = new Proxy(native as Method, {
    apply: (target, self: unknown, parameters: unknown[]) => {
      if (isOn) before?.(self);
      const answer: unknown = Reflect.apply(target, self, parameters);
      if (isOn) after?.(self, parameters, answer);
      return answer;
    },
  });
  Object.defineProperty(owner, name, { ...own, [of]: heard });
  return () => {
    isOn = false;
    // Somebody else may have put theirs over ours; then ours stays below it and tells nobody.
    if (Object.getOwnPropertyDescriptor(owner, name)?.[of] === heard) Object.defineProperty(owner, name, own);
  };
}
