/** How far a site reaches: this origin, and the domain on which the return secret is kept. */

export function belongsTo(address: URL, cookieDomain: string | undefined): boolean {
  if (address.origin === location.origin) return true;
  if (cookieDomain === undefined) return false;
  return address.hostname === cookieDomain || address.hostname.endsWith(`.${cookieDomain}`);
}
