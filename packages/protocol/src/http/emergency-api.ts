/**
 * `GET /api/emergencies`; `POST …/:accessId/seen`; `DELETE …/:accessId` ends one. Whoever operates the service opens one on
 * its machine, and then reads with `authorization: Emergency <secret>`: `GET /api/emergency/engagements` and
 * `GET /api/emergency/engagements/:engagementId`, each of which the audit learns.
 */
export interface EmergencyShown {
  readonly accessId: string;
  readonly operator: string;
  readonly country: string;
  readonly ticket: string;
  readonly reason: string;
  readonly openedAt: number;
  /** When it ended or will end. */
  readonly until: number;
  readonly open: boolean;
  readonly seenAt: number | undefined;
}
