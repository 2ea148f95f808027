/** Which `Host` is ours. Anything else is refused, so that no foreign name can be pointed at this server. */

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

export type HostVerdict = 'ours' | 'loopback' | 'foreign';

export function judgeHost(host: string | undefined, allowedHosts: readonly string[]): HostVerdict {
  const name = hostName(host);
  if (name === undefined) return 'foreign';
  if (allowedHosts.includes(name)) return 'ours';
  return loopback.has(name) ? 'loopback' : 'foreign';
}

function hostName(host: string | undefined): string | undefined {
  const match = host === undefined ? null : /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(host);
  return match?.[1]?.toLowerCase();
}
