/** What of a site's pages may be seen, as it is kept and as it is told. */

import type { SiteEdit, TextNet } from '@alongside/protocol';
import { textNets } from '@alongside/protocol';
import type { SiteRow } from '../entities/site-entity.js';

type Masking = Required<SiteEdit['masking']>;
type MaskingColumns = Pick<
  SiteRow,
  | 'maskingText'
  | 'maskSelectors'
  | 'blockSelectors'
  | 'allowSelectors'
  | 'noControlSelectors'
  | 'confirmSelectors'
  | 'clicks'
  | 'nets'
  | 'maskPages'
  | 'blockPages'
  | 'showPages'
>;

export function maskingOf(row: MaskingColumns): Masking {
  const { maskingText: text, nets, ...lists } = maskingColumns(row);
  return { text, nets: textNets.filter((net) => nets.includes(net)), ...lists };
}

export function columnsOf({ text, ...lists }: SiteEdit['masking']): MaskingColumns {
  const nets: readonly TextNet[] = lists.nets ?? textNets;
  return {
    maskingText: text,
    confirmSelectors: [],
    clicks: 'everywhere',
    maskPages: [],
    blockPages: [],
    showPages: [],
    ...lists,
    nets: textNets.filter((net) => nets.includes(net)),
  };
}

/** Those columns of a row, and no others. */
export function maskingColumns(row: MaskingColumns): MaskingColumns {
  const { maskingText, maskSelectors, blockSelectors, allowSelectors, noControlSelectors } = row;
  const { confirmSelectors, clicks, nets, maskPages, blockPages, showPages } = row;
  return {
    maskingText,
    maskSelectors,
    blockSelectors,
    allowSelectors,
    noControlSelectors,
    confirmSelectors,
    clicks,
    nets,
    maskPages,
    blockPages,
    showPages,
  };
}
