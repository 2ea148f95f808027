/** Pages of a customer that hold nothing but an example, at an address that the site lists. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';

const sdk = fileURLToPath(new URL('../../visitor-sdk/dist/npm/index.js', import.meta.url));
const frameworks = fileURLToPath(new URL('../../packages/testkit', import.meta.url));

export interface SnippetPage {
  readonly head?: string;
  readonly body?: string;
  readonly policy?: string;
}

/** Serves them under every name that ends with `.localhost`: a site's own address, another one, a stranger's. */
export class SnippetPages {
  readonly #server = createServer((request, response) => {
    const { head = '', body = '', policy } = this.#pages.get(request.url ?? '') ?? {};
    if (policy !== undefined) response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Snippet</title>${head}<body>${body}</body></html>`);
  });
  readonly #pages = new Map<string, SnippetPage>();

  static async start(): Promise<SnippetPages> {
    const pages = new SnippetPages();
    await new Promise<void>((resolve) => pages.#server.listen(0, '127.0.0.1', resolve));
    return pages;
  }

  origin(host: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://${host}:${port}`;
  }

  put(path: string, page: SnippetPage): void {
    this.#pages.set(path, page);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** A script as a customer's bundler would make it of these lines and of the packages that they name. */
export async function bundled(lines: string): Promise<string> {
  const { outputFiles, warnings } = await build({
    stdin: { contents: lines, loader: 'jsx', resolveDir: frameworks },
    alias: { '@alongside/visitor-sdk': sdk },
    define: { 'process.env.NODE_ENV': '"development"' },
    ...{
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'browser',
      target: 'chrome109',
      logLevel: 'silent',
    },
  });
  if (warnings.length > 0) throw new Error(`It is warned of: ${warnings.map(({ text }) => text).join('; ')}`);
  return outputFiles[0]?.text ?? '';
}

const imports = "import { start, stop } from '@alongside/visitor-sdk';";

/** An application of each framework with the example in it; `unmount()` takes it off the page again. */
export const applications = {
  react: (snippet: string) => `
    import { StrictMode, createElement, useEffect } from 'react';
    import { createRoot } from 'react-dom/client';
    ${imports}
    function App() { ${snippet} return null; }
    const root = createRoot(document.body);
    root.render(createElement(StrictMode, null, createElement(App)));
    window.unmount = () => root.unmount();`,
  vue: (snippet: string) => `
    import { createApp, h, onMounted, onUnmounted } from 'vue';
    ${imports}
    const app = createApp({ setup() { ${snippet} return () => h('p'); } });
    app.mount(document.body);
    window.unmount = () => app.unmount();`,
  svelte: (snippet: string) => {
    const source = `<script>import { onMount } from 'svelte'; ${imports} ${snippet}</script>`;
    const { js } = compile(source, { generate: 'client', name: 'App' });
    return `
      import { mount, unmount } from 'svelte';
      ${js.code.replace('export default function App', 'function App')}
      const app = mount(App, { target: document.body });
      window.unmount = () => unmount(app);`;
  },
  // Its compiler is not needed for two methods that it calls.
  angular: (snippet: string) => `
    ${imports}
    class Root { ${snippet} }
    const root = new Root();
    root.ngOnInit();
    window.unmount = () => root.ngOnDestroy();`,
} as const;
