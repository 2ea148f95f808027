/** A way by which something of a visitor's page, an agent's hand or a call could come to rest somewhere. */

/** When in the script it is planted: the shorter forms leave stages out. */
export type Stage =
  /** In the page from its start, or before anybody may look. */
  | 'page'
  | 'before'
  | 'change'
  | 'control'
  | 'annotation'
  | 'call'
  | 'slow'
  | 'partition'
  | 'hostile'
  /** In a copy of which the handlers throw. */
  | 'faults'
  /** While the visitor's stop is on its way. */
  | 'stopping'
  | 'after';

export interface Channel {
  readonly name: string;
  readonly stage: Stage;
  /**
   * Whether it is meant to reach the other side, sealed. What is meant to and does not proves nothing about what
   * is stored; what is not meant to and does has passed the masking.
   */
  readonly travels: boolean;
  /**
   * The visitor's own browser keeps it by itself, as it does of every site: the history with addresses and titles,
   * storage, cookies, and fields for a restored tab. The visitor's profile is not searched for it; the agent's is.
   */
  readonly visitorsBrowserKeeps?: true;
  /** The run itself sends it to `live` in clear: it has to be seen leaving, or nothing is shown by not finding it. */
  readonly isSent?: true;
  /** Markup of the proof page; `$` stands for the token. */
  readonly html?: string;
  /** The body of a function that the proof page runs at its start; `$` stands for the token. */
  readonly script?: string;
  /** Rules of the proof page's own style sheet. */
  readonly css?: string;
  /** A token of digits, for what takes nothing else. */
  readonly digits?: true;
}

export function travelling(stage: Stage, name: string): Channel {
  return { stage, name, travels: true };
}

export function staying(stage: Stage, name: string): Channel {
  return { stage, name, travels: false };
}

/** Stays with `live`, which is sent it by no client of ours. */
export function sending(stage: Stage, name: string): Channel {
  return { stage, name, travels: false, isSent: true };
}
