/** A page that shows itself to its officer and sends what may not be played: said, and asked again at a pace. */

import { PREVIEW_READY } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PreviewWindow } from './preview-window.js';

const ORIGIN = 'https://shop.example';
let hear: (event: object) => void = () => undefined;
let page: MessagePort;
let asked: unknown[];
let preview: PreviewWindow;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  vi.stubGlobal('addEventListener', (_: string, listen: typeof hear) => {
    hear = listen;
  });
  asked = [];
  const opened = {
    closed: false,
    close: () => undefined,
    postMessage: (_data: unknown, _origin: string, [port]: readonly MessagePort[]) => {
      if (port === undefined) return;
      page = port;
      page.onmessage = ({ data }) => asked.push(data);
    },
  };
  preview = new PreviewWindow(opened as unknown as Window, {
    replay: { post: () => undefined } as never,
    origins: [ORIGIN],
    masking: {} as never,
  });
  hear({ source: opened, origin: ORIGIN, data: PREVIEW_READY });
});
afterEach(() => {
  preview.close();
  page.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const soon = (check: () => void) => vi.waitFor(check, { interval: 2, timeout: 5_000 });
const AGAIN = { ask: 'again' };

it('asks once for a page that is faulty again and again, and again after a while', async () => {
  for (let times = 0; times < 5; times += 1) page.postMessage({ kind: 'snapshot', events: [] });
  await soon(() => expect(preview.state.value).toBe('faulty'));
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(1_000);
  await soon(() => expect(asked).toEqual([AGAIN]));
  preview.broken();
  vi.advanceTimersByTime(1_000);
  await soon(() => expect(asked).toEqual([AGAIN, AGAIN]));
});

it('waits for another page when the one that was shown has gone, and for none once it is closed', async () => {
  preview.broken();
  expect(preview.state.value).toBe('faulty');
  page.close();
  await soon(() => expect(preview.state.value).toBe('waiting'));
  vi.advanceTimersByTime(8_000);
  expect(preview.state.value).toBe('silent');
  preview.close();
  preview.broken();
  expect(preview.state.value).toBe('gone');
});
