/** Branded identifiers: a tenant's id cannot be passed where an engagement's is wanted. */

import * as v from 'valibot';

export const TenantId = v.pipe(v.string(), v.uuid(), v.brand('TenantId'));
export type TenantId = v.InferOutput<typeof TenantId>;

export const SiteId = v.pipe(v.string(), v.uuid(), v.brand('SiteId'));
export type SiteId = v.InferOutput<typeof SiteId>;

export const EngagementId = v.pipe(v.string(), v.uuid(), v.brand('EngagementId'));
export type EngagementId = v.InferOutput<typeof EngagementId>;

/** A person of a customer: an agent, a supervisor or an officer. */
export const AgentId = v.pipe(v.string(), v.uuid(), v.brand('AgentId'));
export type AgentId = v.InferOutput<typeof AgentId>;

/** The public name of a site in the script tag: `site_` and 22 base64url characters. */
export const SiteKey = v.pipe(v.string(), v.regex(/^site_[A-Za-z0-9_-]{22}$/), v.brand('SiteKey'));
export type SiteKey = v.InferOutput<typeof SiteKey>;

/** Chosen by the sender of a chat line, so that sending it again is harmless. */
export const LineId = v.pipe(v.string(), v.uuid(), v.brand('LineId'));
export type LineId = v.InferOutput<typeof LineId>;

/** Names one question put to a visitor or agent, so that a late answer cannot answer the next one. */
export const AskId = v.pipe(v.string(), v.uuid(), v.brand('AskId'));
export type AskId = v.InferOutput<typeof AskId>;

/** 256 random bits, base64url: resume passes, frame passes, return secrets, one-time links. */
export const Secret256 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
export type Secret256 = v.InferOutput<typeof Secret256>;
