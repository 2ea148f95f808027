/** Workers of the console: it takes scripts by trusted addresses alone. */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

/** Named as the browser's own, by which the build finds workers. */
export class Worker extends globalThis.Worker {
  constructor(address: URL, options: WorkerOptions) {
    super(trusted(address.href), options);
  }
}

function trusted(address: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  const policy = types?.createPolicy('alongside-call', {
    createScriptURL: (url) => {
      if (new URL(url).origin !== location.origin)
        throw new TypeError('A worker comes from the console itself.');
      return url;
    },
  });
  return policy?.createScriptURL(address) ?? address;
}
