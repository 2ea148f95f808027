/**
 * Loads a part's file from where the loader came from. The loader knows each file's hash, so whoever pins the
 * loader by `integrity` has pinned everything that it loads.
 */

export interface PartFile {
  readonly file: string;
  readonly integrity: string;
}

/** How often a file has failed to load here: a browser may remember the failure of an address for good. */
const failures = new Map<string, number>();

/** A browser that cannot check the hash of a module first would load it unchecked: only old ones do. */
export async function loadScriptPart<T>(part: PartFile, base: string): Promise<T> {
  const url = addressOf(part, base);
  const link = document.createElement('link');
  try {
    if (link.relList?.supports('modulepreload')) await preload(link, url, part.integrity);
    return (await import(url)) as T;
  } catch (error) {
    noteFailure(part);
    throw error;
  }
}

/** Fetches what will soon be loaded, and runs nothing of it. */
export function prefetchScriptPart(part: PartFile, base: string): void {
  const link = document.createElement('link');
  if (!link.relList?.supports('modulepreload')) return;
  preload(link, addressOf(part, base), part.integrity).catch(() => noteFailure(part));
}

function addressOf({ file }: PartFile, base: string): string {
  const failed = failures.get(file) ?? 0;
  return new URL(failed === 0 ? file : `${file}?again=${failed}`, base).href;
}

function noteFailure({ file }: PartFile): void {
  failures.set(file, (failures.get(file) ?? 0) + 1);
}

function preload(link: HTMLLinkElement, url: string, integrity: string): Promise<void> {
  return new Promise((resolve, reject) => {
    link.rel = 'modulepreload';
    link.crossOrigin = 'anonymous';
    link.integrity = integrity;
    link.href = url;
    const settle = (act: () => void) => () => {
      link.remove();
      act();
    };
    link.addEventListener('load', settle(resolve));
    link.addEventListener(
      'error',
      settle(() => reject(new Error('A part of the SDK did not load.'))),
    );
    document.head.append(link);
  });
}
