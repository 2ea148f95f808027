/** What of a visitor's page may leave the browser, as configured for a site. Anything not allowed is masked. */
export interface MaskingPolicy {
  /** Whether text nodes are shown; `masked` is the preselected choice and keeps structure only. */
  readonly text: 'masked' | 'shown';
  /** CSS selectors whose elements are masked whatever else says otherwise (next to `data-alongside="mask"`). */
  readonly maskSelectors: readonly string[];
  /** CSS selectors whose elements become empty boxes and are not recorded (next to `data-alongside="block"`). */
  readonly blockSelectors: readonly string[];
  /** CSS selectors whose text and values may be shown (next to `data-alongside="allow"`). */
  readonly allowSelectors: readonly string[];
  /** CSS selectors that an agent may never act on (next to `data-alongside-control="never"`). */
  readonly noControlSelectors: readonly string[];
  /** CSS selectors whose elements only act once the visitor has pressed for it (next to `="confirm"`). */
  readonly confirmSelectors?: readonly string[];
  /** Where an agent may click: anywhere else is refused once only what is marked `data-alongside-click` counts. */
  readonly clicks?: 'everywhere' | 'marked';
  /** What is masked for what it looks like, even where text is shown. Absent: all of them. */
  readonly nets?: readonly TextNet[];
  /** Patterns of addresses of pages that are masked whatever else says otherwise. */
  readonly maskPages?: readonly string[];
  /** Patterns of addresses of pages that become one empty box. */
  readonly blockPages?: readonly string[];
  /** Patterns of addresses of pages whose text is shown although the site's is masked. */
  readonly showPages?: readonly string[];
}

/** Kinds of text that are known by their look: a check digit, a form, a country's number for its people. */
export const textNets = ['card', 'iban', 'email', 'phone', 'nationalId'] as const;
export type TextNet = (typeof textNets)[number];

export const strictestMasking: MaskingPolicy = {
  text: 'masked',
  maskSelectors: [],
  blockSelectors: [],
  allowSelectors: [],
  noControlSelectors: [],
};
