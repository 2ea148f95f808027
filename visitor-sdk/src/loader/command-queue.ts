/** `window.alongside`: a function with methods. A stub that queues calls may have stood there before. */

import type { Alongside } from '../embedding/public-api.js';

type Command = readonly [name: keyof Alongside, ...args: readonly unknown[]];
export type AlongsideGlobal = Alongside & ((...command: Command) => void);

const commands: readonly (keyof Alongside)[] = [
  ...(['start', 'stop', 'reset', 'identify', 'open', 'close', 'on', 'off'] as const),
];

/** Puts the real thing in the stub's place and runs what was queued, in order. */
export function installGlobal(sdk: Alongside, scope: { alongside?: unknown }): void {
  const run = (...[name, ...args]: Command): void => {
    if (!commands.includes(name)) return;
    // The page is not type-checked against us: each method looks at what it is given.
    const method = sdk[name] as (...given: readonly unknown[]) => void;
    method.apply(sdk, args);
  };
  const queued = (scope.alongside as { q?: unknown } | undefined)?.q;
  const methods = Object.fromEntries(
    commands.map((name) => [name, (...args: unknown[]) => run(name, ...args)]),
  );
  scope.alongside = Object.assign(run, methods);
  if (!Array.isArray(queued)) return;
  for (const command of queued) run(...(Array.from(command as ArrayLike<unknown>) as unknown as Command));
}
