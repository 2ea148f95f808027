/** Which `Host` is ours. Anything else is refused, so that no foreign name can be pointed at this server. */

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

export type HostVerdict = 'ours' | 'loopback' | 'foreign';

export interface OwnHost {
  /** Host names that are ours, without port, in lower case. */
  readonly names: readonly string[];
  /** `http(s)://name:port` as clients reach it; its port is the only one that is ours. */
  readonly url: string;
}

/** A loopback name leads to `/health` and the real address only; its port may be that of a tunnel or container. */
export function judgeHost(host: string | undefined, own: OwnHost): HostVerdict {
  const asked = readHost(host);
  if (asked === undefined) return 'foreign';
  const { protocol, port } = new URL(own.url);
  const usual = protocol === 'https:' ? '443' : '80';
  if (own.names.includes(asked.name) && (asked.port ?? usual) === (port || usual)) return 'ours';
  return loopback.has(asked.name) ? 'loopback' : 'foreign';
}

function readHost(host: string | undefined): { name: string; port: string | undefined } | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(host ?? '');
  const [, name, port] = match ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), port };
}
