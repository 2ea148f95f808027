/** A customer's page with and without the script tag as it is delivered, and the one answer that the tag asks for. */
import { readdir, readFile } from 'node:fs/promises';
import { launchChromium, servePages } from './browser-pages.mjs';
import { scriptClock } from './script-time.mjs';

const sdk = new URL('../../visitor-sdk/dist/sdk/v1/', import.meta.url);
const SITE = 'site_AAAAAAAAAAAAAAAAAAAAAA';

/** What `GET /v1/sites/SITE/config` answers, as the protocol has it. */
const config = {
  siteId: '7f3d2c1e-4b5a-4c6d-8e7f-901234567890',
  siteName: 'Bench',
  languages: ['en'],
  notice: {
    ...{
      version: 1,
      language: 'en',
      controller: 'Bench Ltd',
      contact: 'privacy@bench.test',
      body: 'A notice.',
    },
    keptMonths: { transcript: 3, survey: 3, metadata: 3 },
    ...{ storageCountry: 'DE', publishedAt: 0 },
  },
  masking: {
    ...{ text: 'masked', maskSelectors: [], blockSelectors: [], allowSelectors: [], noControlSelectors: [] },
  },
  maskingChangedAt: 0,
  staffed: true,
};

/** Counts every observer that is observing; before any script of the page runs. */
export function countObservers() {
  window.observing = new Set();
  for (const name of ['MutationObserver', 'ResizeObserver', 'IntersectionObserver', 'PerformanceObserver']) {
    const { observe, disconnect } = window[name].prototype;
    window[name].prototype.observe = function (...args) {
      window.observing.add(this);
      return observe.apply(this, args);
    };
    window[name].prototype.disconnect = function () {
      window.observing.delete(this);
      return disconnect.call(this);
    };
  }
}

/** Stands for itself: waits in the page for the tag's button. */
async function shown() {
  while (document.querySelector('alongside-help') === null)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** @param {string} body */
export async function serveIdlePages(body) {
  const cors = { 'access-control-allow-origin': '*' };
  const files = {
    [`/v1/sites/${SITE}/config`]: { type: 'application/json', text: JSON.stringify(config), headers: cors },
  };
  for (const name of (await readdir(sdk)).filter((each) => each.endsWith('.js'))) {
    files[`/sdk/v1/${name}`] = {
      type: 'text/javascript',
      text: await readFile(new URL(name, sdk), 'utf8'),
      headers: cors,
    };
  }
  const html = (tag) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head><body>${body}${tag}</body></html>`;
  files['/without'] = { type: 'text/html', text: html('') };
  files['/with'] = {
    type: 'text/html',
    text: html(`<script async src="/sdk/v1/loader.js" data-alongside-site="${SITE}"></script>`),
  };
  const pages = await servePages(files);
  const browser = await launchChromium();
  return {
    open: async (path, host) => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.addInitScript(countObservers);
      await page.goto(`http://${host}.localhost:${pages.port}${path}`);
      if (path === '/with') await page.evaluate(shown);
      return { page, clock: await scriptClock(page.context(), page) };
    },
    close: async () => {
      await browser.close();
      await pages.close();
    },
  };
}
