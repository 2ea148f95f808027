/** What a page of the zoo is: small, nasty in one way, and driven by steps that anybody can read. */

/** One step of what happens on the page: by its own script, or by the visitor's hand. */
export type ZooStep =
  /** Runs in the page, and may await something. */
  | { readonly run: string }
  | { readonly click: string }
  | { readonly hover: string }
  | { readonly focus: string }
  | { readonly press: string }
  | { readonly type: readonly [selector: string, text: string] }
  | { readonly choose: readonly [selector: string, value: string] }
  | { readonly wheel: readonly [selector: string, dx: number, dy: number] }
  | { readonly viewport: readonly [width: number, height: number] }
  | { readonly media: { readonly colorScheme?: 'dark' | 'light'; readonly reducedMotion?: 'reduce' } }
  /** How much larger two fingers make the page. */
  | { readonly pinch: number }
  /** The browser fills the form of this field with an address of its own. */
  | { readonly autofill: string }
  /** Ends once the page is loaded anew. */
  | { readonly reload: true };

export interface ZooPage {
  /** Its address, and its heading. */
  readonly name: string;
  /** What makes it hard to show. */
  readonly shows: string;
  readonly head?: string;
  readonly body: string;
  /** Runs once the body is there. */
  readonly script?: string;
  readonly drive: readonly ZooStep[];
  /** What happens after that, each once the agent has seen what was before it. */
  readonly next?: readonly (readonly ZooStep[])[];
  /** How long it may take until both sides are equal, from the last step on. */
  readonly withinMs: number;
  /** One of those that every run of the tests shows. */
  readonly isShort?: true;
  readonly attributes?: string;
  /** Sent with the page; `{sdk}` and `{live}` stand for the origins that the embedding needs. */
  readonly policy?: string;
  /** Shown as the site's rules say, and not allowed as a whole as the other pages are. */
  readonly masked?: true;
  /**
   * What of it is not shown, by selector, and why: there the agent has to see a marked placeholder of the same size, or
   * masked text. All else has to be shown as it is.
   */
  readonly placeholders?: Readonly<Record<string, string>>;
  /** How much of the picture may differ outside of what is masked, in thousandths, where it is not the usual bound. */
  readonly differing?: number;
  readonly viewport?: {
    readonly width: number;
    readonly height: number;
    readonly deviceScaleFactor?: number;
  };
}
