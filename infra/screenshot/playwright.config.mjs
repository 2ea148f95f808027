// Takes pictures of the running service; what it runs is not a test, and so lies apart from them.
import config from '../playwright.config.mjs';

// biome-ignore lint/style/noDefaultExport: Playwright reads its configuration from the default export.
export default {
  ...config,
  testDir: new URL('../../e2e/screens', import.meta.url).pathname,
  testMatch: '**/*.screen.ts',
  timeout: 180_000,
};
