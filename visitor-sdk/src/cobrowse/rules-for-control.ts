/** What several policies say of acting, as one: whatever any of them keeps from agents is kept from them. */

import type { MaskingPolicy } from '@alongside/protocol';
import { strictestMasking } from '@alongside/protocol';

export function rulesForControl(policies: readonly MaskingPolicy[]): MaskingPolicy {
  const [first] = policies;
  if (first === undefined || policies.length === 1) return first ?? strictestMasking;
  return {
    ...strictestMasking,
    noControlSelectors: [...new Set(policies.flatMap((policy) => policy.noControlSelectors))],
    confirmSelectors: [...new Set(policies.flatMap((policy) => policy.confirmSelectors ?? []))],
    clicks: policies.some((policy) => policy.clicks === 'marked') ? 'marked' : 'everywhere',
  };
}
