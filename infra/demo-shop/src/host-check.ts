/** Decides from a request's Host header whether the shop owns the name it was called by. */

export type HostVerdict =
  | { readonly kind: 'own'; readonly hostname: string; readonly portSuffix: string }
  | { readonly kind: 'loopback'; readonly portSuffix: string }
  | { readonly kind: 'foreign' };

const hostPattern = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/;
const labelsPattern = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+$/;
const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The port is echoed and not checked: a name the shop does not own is what a rebinding attack needs. */
export function judgeHost(header: string | undefined, publicHost: string): HostVerdict {
  const match = hostPattern.exec((header ?? '').toLowerCase());
  const hostname = match?.[1];
  if (hostname === undefined) return { kind: 'foreign' };
  const portSuffix = match?.[2] ?? '';
  if (hostname === publicHost || isSubdomain(hostname, publicHost)) {
    return { kind: 'own', hostname, portSuffix };
  }

  return loopbackNames.has(hostname) ? { kind: 'loopback', portSuffix } : { kind: 'foreign' };
}

function isSubdomain(hostname: string, publicHost: string): boolean {
  return hostname.endsWith(`.${publicHost}`) && labelsPattern.test(hostname.slice(0, -publicHost.length));
}
