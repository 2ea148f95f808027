/** What the script tag says: where the service is, which site this is, and whether to start at once. */

export interface ScriptEmbedding {
  /** Address of the loader itself, which the parts lie beside. */
  readonly base: string;
  readonly service: string;
  readonly site: string | undefined;
  readonly manual: boolean;
}

export function readScriptEmbedding(script: HTMLScriptElement): ScriptEmbedding {
  const { alongsideSite, alongsideService, alongsideStart } = script.dataset;
  return {
    base: script.src,
    // A customer who hosts the files says where the service is; otherwise it is where the files are.
    service: alongsideService ?? new URL(script.src).origin,
    site: alongsideSite,
    manual: alongsideStart === 'manual',
  };
}

/** The tag that is running now; a tag made by another script is found by its attribute. */
export function findScript(): HTMLScriptElement | undefined {
  const current = document.currentScript;
  if (current instanceof HTMLScriptElement && current.src !== '') return current;
  return document.querySelector<HTMLScriptElement>('script[data-alongside-site][src]') ?? undefined;
}
