/** On which grounds which request may be refused, with the law that each rests on. */

import type { RefusalGround, RightsKind } from '@alongside/protocol';

interface Ground {
  readonly law: string;
  readonly kinds: readonly RightsKind[] | 'all';
}

const grounds: Readonly<Record<RefusalGround, Ground>> = {
  identityNotShown: { law: 'Art. 12(2), 12(6) GDPR', kinds: 'all' },
  nothingHeld: { law: 'Art. 11, 12(2) GDPR', kinds: 'all' },
  rightsOfOthers: { law: 'Art. 15(4), 20(4) GDPR', kinds: ['access', 'portability'] },
  legalObligation: { law: 'Art. 17(3)(b) GDPR', kinds: ['erasure', 'restriction', 'minor'] },
  legalClaims: { law: 'Art. 17(3)(e), 18(2), 21(1) GDPR', kinds: ['erasure', 'restriction', 'objection'] },
  manifestlyUnfounded: {
    law: 'Art. 12(5) GDPR',
    kinds: ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'complaint'],
  },
  notLegitimateInterest: { law: 'Art. 21(1) GDPR', kinds: ['objection'] },
  wouldFalsify: { law: 'Art. 5(1)(d), 16 GDPR', kinds: ['rectification'] },
};

export function groundsFor(kind: RightsKind): readonly RefusalGround[] {
  return (Object.keys(grounds) as RefusalGround[]).filter((each) => applies(each, kind));
}

export function applies(ground: RefusalGround, kind: RightsKind): boolean {
  const { kinds } = grounds[ground];
  return kinds === 'all' || kinds.includes(kind);
}

export function lawOf(ground: RefusalGround): string {
  return grounds[ground].law;
}
