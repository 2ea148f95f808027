/** An address as a person can judge it: with the host that will be asked, and not one that only looks like it. */

import { parseAddress } from '../../cobrowse/page-address.js';

/** Letters of other alphabets that look like Latin ones show as `xn--…`, and nothing turns the line about. */
export function shownAddress(url: string): string {
  return parseAddress(url)?.href ?? url;
}
