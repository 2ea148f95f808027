/** A site as an officer would send it back: what the service says of it beside its settings is left out. */

import type { SiteEdit, SiteShown } from '@alongside/protocol';

export function editOf({
  siteId,
  siteKey,
  edition,
  snippet,
  noticeVersion,
  surveyVersion,
  ...edit
}: SiteShown): SiteEdit {
  return edit;
}
