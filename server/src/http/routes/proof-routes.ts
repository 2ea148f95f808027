/** The newest proof in one line, for the console. */

import { accept, type ProofSummary } from '@alongside/protocol';
import { isOvertaken, type ProofPlaces, readStoredProof } from '../proof/stored-proof.js';
import { openRoute, type Route } from '../route.js';

export function proofRoutes({ proof }: { readonly proof: ProofPlaces }): readonly Route[] {
  return [
    openRoute({
      method: 'GET',
      path: '/api/proof',
      summary: 'When it was last shown that nothing of a page is stored, and with what result.',
      access: 'public',
      limit: 'config',
      run: async () => accept(await summary(proof)),
    }),
  ];
}

async function summary(places: ProofPlaces): Promise<ProofSummary> {
  const reading = await readStoredProof(places);
  if (reading.state !== 'signed') return { state: reading.state };
  const shown = isOvertaken(reading) ? reading.lastShort : undefined;
  const { date, form, result } = shown ?? reading.proof.report;
  return { state: 'signed', date, form, result };
}
