/** Takes back all that a visitor agreed to in an engagement: in its ledger, which no ticket and no restart goes behind. */

import type { EntityManager } from 'typeorm';
import { originOf } from '../../engagements/visitor-engagements.js';
import type { EngagementRow } from '../../entities/engagement-entity.js';
import type { RecordsContext } from '../../records-context.js';
import { coveredBy } from '../../transfer/covered-values.js';

export async function withdrawConsents(
  context: RecordsContext,
  manager: EntityManager,
  engagement: EngagementRow,
): Promise<void> {
  const { engagementId, tenantId } = engagement;
  const decided = await context.decisions.decide(manager, {
    tenantId,
    dataClass: 'metadata',
    access: 'store',
    origin: originOf(engagement),
    toCountry: context.storageCountry,
  });
  // What may not be noted has no basis either to go on: it ends by that, and to stop it is never refused.
  if (!decided.ok) return;
  const { originCountry, originEvidence, storageRegion, purpose, decisionId } = coveredBy(
    decided.value,
    'accountability',
  );
  await manager.query(withdrawAll, [
    ...[engagementId, new Date(context.clock())],
    ...[originCountry, originEvidence, storageRegion, purpose, decisionId],
  ]);
}

/** Of each scope, and of a transfer of each country, the last act counts; a refusal of a later question takes nothing back. */
const withdrawAll = `WITH taken AS (
    INSERT INTO consent_entry (engagement_id, entry, scope, act, agent_id, to_country, at, tenant_id, origin_country,
      origin_evidence, storage_region, purpose, decision_id)
    SELECT e.engagement_id, e.last_entry + row_number() OVER (ORDER BY last.entry), last.scope, 'withdrawn',
      last.agent_id, last.to_country, $2, e.tenant_id, $3, $4, $5, $6, $7
    FROM engagement e JOIN (SELECT DISTINCT ON (scope, to_country) * FROM consent_entry
      WHERE engagement_id = $1 AND scope <> 'watch' AND (act <> 'refused' OR to_country IS NOT NULL)
      ORDER BY scope, to_country, entry DESC) AS last ON last.engagement_id = e.engagement_id
    WHERE last.act = 'granted' RETURNING entry)
  UPDATE engagement SET version = version + 1,
    last_entry = last_entry + (SELECT count(*) FROM taken) WHERE engagement_id = $1`;
