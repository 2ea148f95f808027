/** What is private is outlined on the visitor’s own page, wherever agents see nothing of it, and nothing else. */

import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { TestWindow } from './recorded-page.js';
import { RecordedPage, showsTexts, startRecording, whatLeft } from './recorded-page.js';

const foreign = (origin: string) => `${origin.replace('127.0.0.1', 'localhost')}/frame`;
const pageHtml = `<!doctype html><html><head><style>iframe, object { width: 200px; height: 60px }</style></head><body>
  <p>Plain words</p><iframe id="foreign"></iframe><object id="object" data="/frame"></object>
  <math id="formula" style="font-size:30px"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>
  <canvas id="canvas" width="100" height="40"></canvas><closed-card id="card"></closed-card>
  <iframe id="own" srcdoc="<p>words</p><input id=inner style='width:80px'><p style='height:900px'>x</p><input>"></iframe>
  <input id="field"><input id="allowed" data-alongside="allow" value="words">
  <input id="caught" data-alongside="allow" value="4539 1488 0343 6467"><p>4539 1488 0343 6467</p>
  <script src="/recording.js"></script></body></html>`;

let site: RecordedPage;
test.beforeAll(async () => {
  site = await RecordedPage.serve(pageHtml);
});
test.afterAll(() => site.close());

async function open(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { prototype } = Element;
    const attach = prototype.attachShadow;
    // The layer with the outlines can be looked into; what the page closes stays closed.
    prototype.attachShadow = function attachShadow(init) {
      return attach.call(this, this.localName === 'div' ? { mode: 'open' } : init);
    };
  });
  await page.goto(site.origin);
  await page.evaluate((address) => {
    class ClosedCard extends HTMLElement {
      connectedCallback() {
        this.attachShadow({ mode: 'closed' }).innerHTML = '<p style="width:90px">closed words</p>';
      }
    }
    customElements.define('closed-card', ClosedCard);
    (document.getElementById('foreign') as HTMLIFrameElement).src = address;
  }, foreign(site.origin));
  await expect(page.frameLocator('#foreign').locator('p')).toBeVisible();
  await expect(page.frameLocator('#own').locator('#inner')).toBeVisible();
}

test('everything that agents do not see is outlined, in frames as well, and nothing that they see', async ({
  page,
}) => {
  await open(page);
  await startRecording(page, showsTexts);
  const out = await whatLeft(page);
  const placed = await page.evaluate(async () => {
    const { controller } = (window as unknown as TestWindow).recording;
    const counts = await new Promise((resolve) => void controller.outline(resolve));
    const layer = [...document.documentElement.children].find((each) => each.shadowRoot !== null);
    const drawn = [...(layer?.shadowRoot?.querySelectorAll('div') ?? [])].map((each) =>
      each.getBoundingClientRect(),
    );
    const boxOf = (id: string, around?: HTMLIFrameElement) => {
      const frame = around?.getBoundingClientRect();
      const box = (around?.contentDocument ?? document).getElementById(id)?.getBoundingClientRect();
      const inset = around?.clientLeft ?? 0;
      return { x: (box?.x ?? 0) + (frame?.x ?? 0) + inset, y: (box?.y ?? 0) + (frame?.y ?? 0) + inset };
    };
    const own = document.getElementById('own') as HTMLIFrameElement;
    const isDrawn = ({ x, y }: { x: number; y: number }) =>
      drawn.some((box) => Math.abs(box.x - x) < 1 && Math.abs(box.y - y) < 1);
    const ids = ['foreign', 'object', 'formula', 'canvas', 'card', 'field', 'caught', 'allowed', 'own'];
    const outlined = [...ids.filter((id) => isDrawn(boxOf(id))), isDrawn(boxOf('inner', own)) ? 'inner' : ''];
    return { counts, outlined };
  });
  expect(placed.outlined).toEqual([
    'foreign',
    'object',
    'formula',
    'canvas',
    'card',
    'field',
    'caught',
    'inner',
  ]);
  expect(placed.counts, 'what is scrolled out of a frame is not in view').toEqual({
    ...{ block: 4, field: 3, picture: 1, text: 1 },
  });
  expect(out.match(/"data-alongside-masked":"closed"/g), 'agents see a box for each').toHaveLength(4);
  expect(out.match(/"tagName":"iframe"/g)).toHaveLength(4);
});
