/** The closed list of expected failures, on sockets and over HTTP, and which are worth trying again. */

export const refusals = {
  /** The body does not have the shape the command asks for; `detail` names the field. */
  malformed: { retryable: false, status: 400 },
  tooLarge: { retryable: false, status: 413 },
  tooFast: { retryable: true, status: 429 },
  /** More media came from them than a call may send: they are out of this call. */
  callFlooded: { retryable: false, status: 429 },
  unknownCommand: { retryable: false, status: 404 },
  clientTooOld: { retryable: false, status: 426 },
  serverTooOld: { retryable: false, status: 426 },
  /** The site's calls are sealed from end to end, and this browser or its page cannot do that. */
  callNotSealed: { retryable: false, status: 426 },
  /** This browser, or its page, has no WebRTC that is known: said where it is found, and asked of nobody. */
  callNotSupported: { retryable: false, status: 426 },
  /** No valid ticket, pass, session or return secret. */
  notAdmitted: { retryable: false, status: 401 },
  /** The pass is not known here (used, expired, or the node restarted): ask `records` for a ticket. */
  passUnknown: { retryable: false, status: 401 },
  originNotAllowed: { retryable: false, status: 403 },
  /** Known, but not allowed to do this. */
  notPermitted: { retryable: false, status: 403 },
  /** Does not exist, or is not yours: the answer is the same so that it tells nothing. */
  notFound: { retryable: false, status: 404 },
  /** The engagement is in a state in which this cannot happen. */
  wrongState: { retryable: false, status: 409 },
  /** Somebody else was faster. */
  alreadyTaken: { retryable: false, status: 409 },
  conflict: { retryable: false, status: 409 },
  consentMissing: { retryable: false, status: 403 },
  leaseMissing: { retryable: false, status: 403 },
  /** The question was answered, cancelled or has expired. */
  askExpired: { retryable: false, status: 409 },
  /** The transfer of this datum to this country has no basis; `detail` is the decision's reason code. */
  transferRefused: { retryable: false, status: 403 },
  agentUnavailable: { retryable: true, status: 409 },
  peerAbsent: { retryable: true, status: 409 },
  callsUnavailable: { retryable: true, status: 503 },
  /** Postgres does not answer; the line or grant was not committed. */
  storageUnavailable: { retryable: true, status: 503 },
  expired: { retryable: false, status: 410 },
  weakPassword: { retryable: false, status: 422 },
  invalid: { retryable: false, status: 422 },
  internal: { retryable: true, status: 500 },
} as const satisfies Record<string, { retryable: boolean; status: number }>;

export type RefusalCode = keyof typeof refusals;

export interface Refusal {
  readonly code: RefusalCode;
  /** A field name or a reason code, never content. */
  readonly detail?: string;
}

export function isRetryable(code: RefusalCode): boolean {
  return refusals[code].retryable;
}
