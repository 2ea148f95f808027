/** The headers of the console's pages and of the replay's. */

export interface Origins {
  readonly consoleOrigin: string;
  readonly replayOrigin: string;
  readonly liveOrigin: string;
}

/** The console: scripts of its own only, frames of the replay only, sockets to live only. */
export function consoleHeaders({ consoleOrigin, replayOrigin, liveOrigin }: Origins) {
  return {
    ...shared(consoleOrigin),
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Components that measure themselves write style attributes; nothing a visitor says becomes one.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        connectSrc: ["'self'", liveOrigin, liveOrigin.replace(/^http/, 'ws')],
        frameSrc: [replayOrigin],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
      },
    },
    crossOriginResourcePolicy: { policy: 'same-origin' as const },
    // A window that the console opens for a preview may answer it; nobody who opens the console gets hold of it.
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' as const },
    xFrameOptions: { action: 'deny' as const },
  };
}

/** Of the worker that tells an agent from their background by WebAssembly: it has the policy of its own file. */
export const backgroundWorkerPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join(';');

/** The replay shows a visitor's page: no script of the page's, no network, no secret. */
export function replayHeaders({ consoleOrigin, replayOrigin }: Origins) {
  return {
    ...shared(replayOrigin),
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'unsafe-inline'"],
        imgSrc: ['data:', 'blob:'],
        fontSrc: ['data:'],
        formAction: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: [consoleOrigin],
        sandbox: ['allow-scripts', 'allow-same-origin'],
      },
    },
    crossOriginResourcePolicy: { policy: 'same-origin' as const },
    // The policy above names the one page that may frame it; the older header cannot name one.
    xFrameOptions: false as const,
  };
}

function shared(origin: string) {
  return {
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    originAgentCluster: true,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: origin.startsWith('https:')
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
    xContentTypeOptions: true,
    xDnsPrefetchControl: { allow: false },
    xDownloadOptions: true,
    xPermittedCrossDomainPolicies: { permittedPolicies: 'none' },
    xXssProtection: true,
  } as const;
}

/** Camera and microphone are the console's own; the page that is shown gets nothing. */
export const consolePermissions =
  'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()';
export const replayPermissions = 'camera=(), microphone=(), display-capture=(), geolocation=(), payment=()';
