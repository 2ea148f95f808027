/** What was lent ends with the visitor's attention: out of sight for long, asleep, or on the way to another site. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DoubtWatch, HIDDEN_MS } from './doubt-watch.js';

class Page extends EventTarget {
  visibilityState: 'visible' | 'hidden' = 'visible';
}

let document: Page;
let window: EventTarget;
let navigation: EventTarget;
let doubts: number;
let watch: DoubtWatch;

const onDoubt = () => {
  doubts += 1;
};

beforeEach(() => {
  vi.useFakeTimers();
  document = new Page();
  navigation = new EventTarget();
  doubts = 0;
  window = Object.assign(new EventTarget(), {
    ...{ document, navigation, setTimeout, clearTimeout },
    location: { origin: 'https://shop.example' },
  });
  const deps = { window: window as unknown as Window & typeof globalThis, onDoubt };
  watch = new DoubtWatch(deps);
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

const show = (state: 'visible' | 'hidden') => {
  document.visibilityState = state;
  document.dispatchEvent(new Event('visibilitychange'));
};
const navigate = (url: string, more: object = {}) =>
  navigation.dispatchEvent(
    Object.assign(new Event('navigate'), { destination: { url }, downloadRequest: null, ...more }),
  );

it('is in doubt when the page was out of sight for long, and not for a glance elsewhere', () => {
  show('hidden');
  vi.advanceTimersByTime(HIDDEN_MS - 1);
  show('visible');
  vi.advanceTimersByTime(HIDDEN_MS);
  expect(doubts).toBe(0);
  show('hidden');
  vi.advanceTimersByTime(HIDDEN_MS);
  expect(doubts).toBe(1);
});

it('is in doubt when another site is gone to, and not on the same one', () => {
  navigate('https://shop.example/next');
  navigate('https://shop.example/file', { downloadRequest: '' });
  navigate('https://elsewhere.example/file', { downloadRequest: 'name' });
  expect(doubts).toBe(0);
  navigate('https://elsewhere.example/');
  expect(doubts).toBe(1);
  navigate('http://shop.example/');
  navigate('mailto:somebody');
  navigate('nonsense');
  expect(doubts).toBe(4);
});

it('is in doubt when the page sleeps or is put away whole', () => {
  document.dispatchEvent(new Event('freeze'));
  window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: false }));
  expect(doubts).toBe(1);
  window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }));
  expect(doubts).toBe(2);
});

it('listens for the key in every frame of the page that the visitor goes into', () => {
  const realm = () => {
    const heard = new Map<string, (event: object) => void>();
    const document = { activeElement: null as unknown };
    const view = {
      document,
      addEventListener: (name: string, hear: (event: object) => void) => void heard.set(name, hear),
    };
    const frame = { localName: 'iframe', contentDocument: { defaultView: view } };
    // As a browser says it of what a person has pressed, or of what a script has made up.
    const press = (key: string, isTrusted = true) => heard.get('keydown')?.({ key, isTrusted });
    return { document, frame, press, leave: () => heard.get('blur')?.({}) };
  };
  const [outer, inner] = [realm(), realm()];
  Object.assign(document, { activeElement: outer.frame });
  outer.document.activeElement = inner.frame;
  outer.press('Escape');
  expect(doubts).toBe(0);
  for (const leave of [() => void window.dispatchEvent(new Event('blur')), () => outer.leave()]) {
    leave();
    vi.advanceTimersByTime(1);
  }
  outer.press('a');
  outer.press('Escape', false);
  expect(doubts).toBe(0);
  outer.press('Escape');
  expect(doubts).toBe(1);
  inner.press('Escape');
  expect(doubts).toBe(2);
});

it('hears nothing once it is stopped', () => {
  show('hidden');
  watch.stop();
  vi.advanceTimersByTime(HIDDEN_MS);
  navigate('https://elsewhere.example/');
  expect(doubts).toBe(0);
});
