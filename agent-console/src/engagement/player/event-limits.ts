/** How much of a page the console is willing to show: what is beyond these is refused, not cut. */

export const eventLimits = {
  /** Nodes in one snapshot, or added by one batch. */
  nodes: 52_000,
  depth: 256,
  attributesPerElement: 256,
  attributeLength: 4 * 1024,
  /** Pictures that travel inside an attribute. */
  dataUrlLength: 512 * 1024,
  textLength: 256 * 1024,
  styleLength: 4 * 1024 * 1024,
  /** Of blocks and functions in a style: what lies deeper a browser reads for minutes, or not at all. */
  styleDepth: 64,
  rulesPerEvent: 20_000,
  pointsPerEvent: 1_000,
  viewportPx: 20_000,
} as const;

/** What makes a whole batch unacceptable: the page cannot be shown from here on without a new snapshot. */
export type GrammarFault =
  | 'malformed'
  | 'tooManyNodes'
  | 'tooDeep'
  | 'tooLong'
  | 'badTimestamp'
  | 'noSnapshot';

export class GrammarError extends Error {
  readonly fault: GrammarFault;

  constructor(fault: GrammarFault) {
    super(`The visitor's page sent events outside the grammar: ${fault}.`);
    this.fault = fault;
  }
}
