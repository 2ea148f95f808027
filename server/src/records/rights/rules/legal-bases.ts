/**
 * For what rows are kept, and on which one ground of Art. 6: an objection is for legitimate interests alone, and each
 * of those is weighed against the interests of visitors, or it does not compile.
 */

import type { BasisOfPurpose, InterestAssessment, LegalBasis, RecordPurpose } from '@alongside/protocol';

export const legalBases = {
  /** Help was asked for, and this is the help. */
  conversation: '6(1)(b)',
  feedback: '6(1)(f)',
  accountability: '6(1)(f)',
  rights: '6(1)(c)',
} as const satisfies Readonly<Record<RecordPurpose, LegalBasis>>;

type OnInterest = {
  [P in RecordPurpose]: (typeof legalBases)[P] extends '6(1)(f)' ? P : never;
}[RecordPurpose];

export const interestAssessments: Readonly<Record<OnInterest, InterestAssessment>> = {
  feedback: {
    version: '2026-11-22',
    interest: 'To learn whether the help was good, so that it gets better.',
    necessity:
      'Only who was helped can say so; figures of ten and more are counted, and no answer is wanted.',
    balance:
      'Each answer is given freely, after the help, and goes after months or at once when its giver objects. Nothing follows from it for them.',
  },
  accountability: {
    version: '2026-11-22',
    interest: 'To show who saw and did what, who agreed to it, and under which basis.',
    necessity:
      'Without times, consents and who took part, neither the visitor nor an authority could be told; networks are shortened, and nothing of a page is kept.',
    balance:
      'It protects visitors against misuse of what they agreed to, is shown to them in their receipt, is read by officers under an audit, and goes after months.',
  },
};

export function mayObject(purpose: RecordPurpose): boolean {
  return legalBases[purpose] === '6(1)(f)';
}

export function interestOf(purpose: RecordPurpose): { readonly interest?: InterestAssessment } {
  const assessments: Partial<Record<RecordPurpose, InterestAssessment>> = interestAssessments;
  const interest = assessments[purpose];
  return interest === undefined ? {} : { interest };
}

/** What anybody is told who asks on which ground something is kept, and what comes of not giving it (Art. 13(2)(e)). */
export function basesOfPurposes(): readonly BasisOfPurpose[] {
  return [
    {
      ...{ category: 'transcript', purpose: 'conversation', legalBasis: legalBases.conversation },
      ...{ mandatory: false, consequence: 'Who writes nothing is not helped here; nothing else follows.' },
    },
    {
      ...{ category: 'survey', purpose: 'feedback', legalBasis: legalBases.feedback, mandatory: false },
      ...{ consequence: 'None: every question can be left out.', ...interestOf('feedback') },
    },
    {
      ...{ category: 'metadata', purpose: 'accountability', legalBasis: legalBases.accountability },
      ...{ mandatory: true, consequence: 'Without them a conversation cannot begin.' },
      ...interestOf('accountability'),
    },
    {
      ...{ category: 'case', purpose: 'rights', legalBasis: legalBases.rights, mandatory: false },
      consequence: 'A request that cannot be told from others cannot be answered.',
    },
  ];
}
