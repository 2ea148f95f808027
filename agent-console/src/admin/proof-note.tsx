/** One line on the proof that nothing of a page is stored: when it last ran here, with what result, and where it is. */

import type { ProofSummary } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner, type Tone } from '../parts/banner.js';
import { useLoaded } from '../parts/use-loaded.js';

type Standing = 'none' | 'broken' | 'clean' | 'partial' | 'violated';

const tones: Readonly<Record<Standing, Tone>> = {
  none: 'info',
  broken: 'bad',
  clean: 'good',
  partial: 'warn',
  violated: 'bad',
};

export function ProofNote() {
  const { api } = useApp();
  const { t, dateTime, language } = useMessages();
  const proof = useLoaded('proof', () => api.get<ProofSummary>('/proof'));
  // It is an aside: what the section is for does not wait for it, nor fail with it.
  if (proof.state !== 'loaded') return undefined;
  const shown = proof.value;
  const standing: Standing = shown.state === 'signed' ? shown.result : shown.state;
  const date = shown.state === 'signed' ? dateTime(Date.parse(shown.date)) : '';
  const line =
    standing === 'none' || standing === 'broken' ? t(`proof.${standing}`) : t(`proof.${standing}`, { date });
  return (
    <Banner tone={tones[standing]}>
      {line}{' '}
      <a href={`/proof?lang=${language}`} target="_blank" rel="noopener">
        {t('proof.open')}
      </a>
    </Banner>
  );
}
