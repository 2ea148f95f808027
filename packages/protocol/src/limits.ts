/** Caps that both ends honour. Lengths are in UTF-16 code units unless the name says otherwise. */

/** What the first form of the panel holds itself to: apart, so that a page does not load the others for it. */
export const textLimits = {
  chatLineLength: 4000,
  nameLength: 80,
  topicLength: 120,
  identityTokenLength: 2_000,
} as const;

export const limits = {
  ...textLimits,
  confirmedAsLength: 120,
  /** The longest life of a token that says who has signed in. */
  identityTokenMs: 5 * 60 * 1000,
  /** Of a public key in PEM. */
  identityKeyLength: 1_000,
  surveyTextLength: 1000,
  surveyQuestions: 20,
  surveyOptions: 12,
  selectorLength: 200,
  selectorsPerList: 50,
  originsPerSite: 20,
  /** Largest socket.io message in bytes; nothing on that socket needs more. */
  signalBytes: 64 * 1024,
  /** Chat lines a sender may send within ten seconds. */
  chatLinesPer10s: 20,
  /** Commands of any kind a socket may send within ten seconds. */
  commandsPer10s: 200,
  askMs: 60_000,
  /** A question with risks to be read before it is answered. */
  transferAskMs: 180_000,
  leaseMs: { default: 120_000, min: 10_000, max: 600_000 },
  /** What was put before a visitor and waits for their answer, at once. */
  openOffers: 3,
  /** Leases of one agent that may run beside each other. */
  leases: 8,
  /** Agents who take part in one engagement, the lead included. */
  agents: 16,
  /** People in a call beside the visitor and the lead. */
  callPresent: 4,
  /** Experts in a call and links to it that are open, together. */
  callExperts: 3,
  /** How long a link for an expert is good. */
  expertLinkMs: 15 * 60_000,
  /** Of an expert's name. */
  expertNameLength: 64,
  /** Of whom an expert works for: as long as contracts name it. */
  organisationLength: 200,
  /** A view ends by itself after this long; it can be asked for again. */
  viewMs: 3_600_000,
  /** A visitor who is away this long has gone elsewhere, as far as leases go. */
  leaseAwayMs: 10_000,
  ticketMs: 60_000,
  resumePassMs: 120_000,
  framesPassMs: 15_000,
  /** Co-browse goes on without asking only if both sides are back within this time. */
  returnMs: 60_000,
  /** A visitor who is gone this long has left. */
  visitorGoneMs: 600_000,
  returnSecretMs: 24 * 3_600_000,
  accessTokenMs: 10 * 60_000,
  refreshTokenMs: 12 * 3_600_000,
  oneTimeLinkMs: 72 * 3_600_000,
} as const;
