/** What a supervised process tells its supervisor over their channel, and hears from it. */

export type ChildReport =
  /** It serves; `facts` are for the supervisor to show or to pass on. */
  | { readonly kind: 'listening'; readonly facts: Readonly<Record<string, unknown>> }
  /** It cannot start, or has to end; `message` is a line for a person. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export interface StartMessage {
  readonly kind: 'start';
  readonly settings: unknown;
}

export function readChildReport(message: unknown): ChildReport | undefined {
  const kind = member(message, 'kind');
  if (kind === 'failed') {
    const code = member(message, 'code');
    const text = member(message, 'message');
    if (typeof code === 'string' && typeof text === 'string') return { kind, code, message: text };
  }
  if (kind !== 'listening') return undefined;
  const facts = member(message, 'facts');
  // The demo shop reports its address beside the kind.
  const isRecord = typeof facts === 'object' && facts !== null;
  return { kind, facts: isRecord ? { ...facts } : {} };
}

export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
