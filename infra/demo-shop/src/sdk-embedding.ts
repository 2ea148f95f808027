/** The customer's side of the embedding: one script tag, and what a content policy has to allow for it. */
import { html, type Markup } from './html.js';

export interface SdkEmbedding {
  /** Address of the loader script. */
  readonly scriptUrl: string;
  readonly siteKey: string;
  /** Origins that the script connects to besides its own: `http(s):` for requests and `ws(s):` for sockets. */
  readonly connectOrigins?: readonly string[];
}

export function sdkTag(sdk: SdkEmbedding | undefined): Markup | undefined {
  if (sdk === undefined) return undefined;

  return html`<script async src="${sdk.scriptUrl}" data-alongside-site="${sdk.siteKey}"></script>`;
}

export type StrictVariant = 'worker' | 'noWorker' | 'trustedTypes';

/** A tight policy. Without `worker-src` the browser falls back to `script-src`, which refuses blob workers. */
export function strictPolicy(sdk: SdkEmbedding | undefined, variant: StrictVariant): string {
  const sdkOrigin = sdk === undefined ? [] : [new URL(sdk.scriptUrl).origin];
  const directives = [
    "default-src 'self'",
    ['script-src', "'self'", ...sdkOrigin].join(' '),
    ['connect-src', "'self'", ...sdkOrigin, ...(sdk?.connectOrigins ?? [])].join(' '),
    "img-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  if (variant !== 'noWorker') directives.push('worker-src blob:');
  if (variant === 'trustedTypes') {
    directives.push("require-trusted-types-for 'script'", 'trusted-types alongside');
  }

  return directives.join('; ');
}
