/** Writes down what a page hears of a hand at work, so that an agent's can be laid beside a person's. */

import type { Page } from '@playwright/test';

export interface HeardEvent {
  readonly type: string;
  readonly on: string;
  readonly [property: string]: unknown;
}

const heard = [
  ...['pointerover', 'pointerenter', 'pointerout', 'pointerleave', 'pointermove', 'pointerdown', 'pointerup'],
  ...['mouseover', 'mouseenter', 'mouseout', 'mouseleave', 'mousemove', 'mousedown', 'mouseup', 'click'],
  ...[
    'focus',
    'focusin',
    'blur',
    'focusout',
    'keydown',
    'keypress',
    'keyup',
    'beforeinput',
    'input',
    'change',
  ],
  ...['compositionstart', 'compositionupdate', 'compositionend'],
];

/** What is compared; times, screens and who may be trusted are not. */
const properties = [
  ...['bubbles', 'cancelable', 'composed', 'button', 'buttons', 'detail', 'clientX', 'clientY', 'pressure'],
  ...[
    'pointerType',
    'key',
    'code',
    'keyCode',
    'charCode',
    'which',
    'shiftKey',
    'ctrlKey',
    'inputType',
    'data',
  ],
  'isComposing',
];

export async function recordEvents(page: Page): Promise<void> {
  await page.addInitScript(
    ({ names, compared }) => {
      const events: object[] = [];
      Object.assign(window, { heardEvents: events });
      const record = (event: Event): void => {
        const [target] = event.composedPath();
        const on = (target as Partial<Element> | undefined)?.id ?? '';
        // Those that do not travel reach this listener on their way down, so that each is heard once.
        if (on === '' || (target as Node).getRootNode() !== document) return;
        const values = compared.flatMap((name) => (name in event ? [[name, Reflect.get(event, name)]] : []));
        const { value } = target as Partial<HTMLInputElement>;
        events.push({ type: event.type, on, ...Object.fromEntries(values), value });
      };
      // Whether one enters is told only to elements that listen for it.
      const isEntering = (name: string): boolean => /enter|leave/.test(name);
      for (const name of names) if (!isEntering(name)) window.addEventListener(name, record, true);
      document.addEventListener('DOMContentLoaded', () => {
        for (const element of document.querySelectorAll('[id]')) {
          for (const name of names) if (isEntering(name)) element.addEventListener(name, record);
        }
      });
    },
    { names: heard, compared: properties },
  );
}

export async function takeEvents(page: Page): Promise<readonly HeardEvent[]> {
  return page.evaluate(() => {
    const { heardEvents } = window as unknown as { heardEvents: HeardEvent[] };
    return heardEvents.splice(0);
  });
}

/** A drag is as many moves as it takes: runs of the same are one. */
export function withoutRuns(events: readonly HeardEvent[]): readonly string[] {
  const told = events.map(({ type, on }) => `${type} ${on}`);
  const moves = /^(?:pointermove|mousemove|input) /;
  const kept: string[] = [];
  for (const each of told) {
    const last = kept.slice(-3);
    if (!(moves.test(each) && last.includes(each))) kept.push(each);
  }
  return kept;
}
