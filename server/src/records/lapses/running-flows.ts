/** What goes on now, as flows to be judged: engagements that are open, and the sites that people may be shown. */

import type { AgentId, EngagementId } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { OriginEvidence } from '../entities/carried.js';
import { openStores } from '../recipients/decide-onward.js';
import { type Flow, type Origin, originOfSite, receiverOf, relayFlow } from '../transfer/flow.js';

export type Judge = (flow: Flow) => Promise<boolean>;

export interface RunningEngagement {
  readonly engagementId: EngagementId;
  readonly siteId: string;
  readonly watched: boolean;
  readonly flows: readonly Flow[];
  /** The customer's own store, where it is to have the words, may receive nothing at all any more. */
  readonly isStoreClosed: boolean;
  /** What each agent beside the lead, and each expert in a call, is shown, which is theirs alone to lose. */
  readonly joined: readonly { readonly agentId: AgentId; readonly flows: readonly Flow[] }[];
}

export interface ShownSite {
  readonly siteId: string;
  readonly name: string;
  readonly personId: string;
  readonly flow: Flow;
}

export interface Place {
  readonly tenantId: string;
  readonly storageCountry: string;
  readonly liveCountry: string | undefined;
  readonly now: number;
}

interface RunningRow {
  readonly engagement_id: EngagementId;
  readonly site_id: string;
  readonly origin_country: string;
  readonly origin_evidence: OriginEvidence;
  readonly visitor_countries: string[];
  readonly delivered_to: string | null;
  readonly agent_id: string | null;
  readonly agent_country: string | null;
  readonly agent_employer: string | null;
  readonly by_consent: boolean;
  readonly watched: boolean;
  readonly joined: readonly (Pick<RunningRow, 'agent_country' | 'agent_employer' | 'by_consent'> & {
    readonly agent_id: AgentId;
    readonly is_expert: boolean;
  })[];
}

export async function runningEngagements(
  manager: EntityManager,
  place: Place,
  engagementId?: string,
): Promise<readonly RunningEngagement[]> {
  const rows = await manager.query<RunningRow[]>(running, [engagementId ?? null]);
  const stores = rows.some((row) => row.delivered_to !== null)
    ? await openStores(manager, place.now)
    : undefined;
  return rows.map((row) => {
    const origin = keptOrigin(row);
    const delivered = row.delivered_to === null ? [] : stores?.get(row.delivered_to)?.(origin);
    return {
      engagementId: row.engagement_id,
      siteId: row.site_id,
      watched: row.watched,
      flows: [...groundFlows(place, origin), ...(delivered ?? []), ...agentFlows(place, row)],
      isStoreClosed: delivered === undefined,
      joined: row.joined.map((each) => ({
        agentId: each.agent_id,
        flows: each.is_expert
          ? expertFlows(place, { ...row, ...each })
          : agentFlows(place, { ...row, ...each }),
      })),
    };
  });
}

export async function mayGoOn({ flows, isStoreClosed }: RunningEngagement, judge: Judge): Promise<boolean> {
  return !isStoreClosed && (await areAllAllowed(flows, judge));
}

/** In by the visitor's explicit consent. */
const byConsent = (row: string) => `EXISTS (SELECT FROM transfer_decision d
  WHERE d.decision_id = ${row}.reading_decision_id AND d.basis = 'ART49_A')`;

/** The country of an agent is where they work now, not where they did when they accepted. */
const running = `SELECT e.engagement_id, e.site_id, e.origin_country, e.origin_evidence, s.visitor_countries,
    e.delivered_to, e.agent_id,
    p.country AS agent_country, p.employer AS agent_employer, ${byConsent('e')} AS by_consent,
    EXISTS (SELECT FROM watch w WHERE w.engagement_id = e.engagement_id AND w.watched_to IS NULL) AS watched,
    (SELECT coalesce(json_agg(row_to_json(j)), '[]') FROM (
      SELECT t.agent_id, o.country AS agent_country, o.employer AS agent_employer, ${byConsent('t')} AS by_consent, false AS is_expert
        FROM participant t JOIN person o ON o.person_id = t.agent_id
        WHERE t.engagement_id = e.engagement_id AND t.left_at IS NULL AND t.agent_id <> e.agent_id
      UNION ALL SELECT x.expert_id, x.country, x.organisation, false, true
        FROM call_expert x JOIN call c ON c.engagement_id = x.engagement_id AND c.call_id = x.call_id
        WHERE x.engagement_id = e.engagement_id AND x.used_at IS NOT NULL AND x.revoked_at IS NULL AND c.ended_at IS NULL
    ) AS j) AS joined
  FROM engagement e
    JOIN site s ON s.site_id = e.site_id
    LEFT JOIN person p ON p.person_id = e.agent_id
  WHERE e.phase <> 'closed' AND e.ended_at IS NULL AND ($1::uuid IS NULL OR e.engagement_id = $1)
  ORDER BY e.engagement_id`;

function keptOrigin({ origin_country, origin_evidence }: RunningRow): Origin {
  return {
    country: origin_evidence === 'unknown' ? undefined : origin_country,
    evidence: origin_evidence,
  };
}

/** What every engagement needs, whoever takes it: its rows kept, and what is said and shown passed on. */
export function groundFlows(place: Place, origin: Origin): readonly Flow[] {
  const { tenantId, storageCountry } = place;
  const flow = { tenantId, origin, access: 'store', toCountry: storageCountry } as const;
  const kept = (['transcript', 'survey', 'metadata'] as const).map((dataClass) => ({ ...flow, dataClass }));
  return [...kept, relayFlow(place, origin)];
}

/** Where its visitors are said to be may have been corrected since: both must allow, so that neither widens access. */
function agentFlows({ tenantId }: Place, row: RunningRow): readonly Flow[] {
  if (row.agent_id === null) return [];
  const receiver = receiverOf({ country: row.agent_country, employer: row.agent_employer });
  const origins = [keptOrigin(row), originOfSite(row.visitor_countries)];
  const live = { tenantId, ...receiver, dataClass: 'live', access: 'view' } as const;
  if (row.by_consent) {
    const session = { engagementId: row.engagement_id };
    return origins.map((origin): Flow => ({ ...live, origin, session }));
  }
  return origins.flatMap((origin): Flow[] => [
    { ...live, origin },
    { tenantId, origin, ...receiver, dataClass: 'transcript', access: 'read' },
  ]);
}

/** They hear and see a call, and read nothing. */
function expertFlows({ tenantId }: Place, row: RunningRow): readonly Flow[] {
  const receiver = receiverOf({ country: row.agent_country, employer: row.agent_employer });
  const live = { tenantId, ...receiver, dataClass: 'live', access: 'view' } as const;
  return [keptOrigin(row), originOfSite(row.visitor_countries)].map((origin) => ({ ...live, origin }));
}

interface ShownRow {
  readonly site_id: string;
  readonly name: string;
  readonly visitor_countries: string[];
  readonly person_id: string;
  readonly country: string | null;
  readonly employer: string | null;
}

export async function shownSites(manager: EntityManager, { tenantId }: Place): Promise<readonly ShownSite[]> {
  const rows = await manager.query<ShownRow[]>(shown);
  return rows.map((row) => ({
    siteId: row.site_id,
    name: row.name,
    personId: row.person_id,
    flow: {
      ...{ tenantId, dataClass: 'transcript', access: 'read' },
      ...{ origin: originOfSite(row.visitor_countries), ...receiverOf(row) },
    },
  }));
}

const shown = `SELECT s.site_id, s.name, s.visitor_countries, p.person_id, p.country, p.employer
  FROM person_site ps JOIN site s ON s.site_id = ps.site_id JOIN person p ON p.person_id = ps.person_id
  WHERE NOT p.disabled AND p.roles && ARRAY['agent', 'supervisor']::person_role[]`;

/** The same question is asked once, however many engagements and people it is asked for. */
export function judgingOnce(judge: Judge): Judge {
  const answers = new Map<string, Promise<boolean>>();
  return (flow) => {
    const key = JSON.stringify([
      ...[flow.dataClass, flow.access, flow.origin, flow.toCountry ?? null, flow.importer ?? null],
      flow.session?.engagementId ?? null,
    ]);
    const known = answers.get(key) ?? judge(flow);
    answers.set(key, known);
    return known;
  };
}

export async function areAllAllowed(flows: readonly Flow[], judge: Judge): Promise<boolean> {
  for (const flow of flows) if (!(await judge(flow))) return false;
  return true;
}
