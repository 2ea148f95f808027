/** The visitor's page as the agent sees it: read inside the replay's own origin, acted on from outside. */

import type { Frame, Locator, Page } from '@playwright/test';
import { expect } from './patient-expect.js';

/** Which element of the shown page is meant: the first that fits the selector and holds the text. */
export interface Sought {
  readonly selector: string;
  readonly text?: string;
  /** Of the element in whose shadow root, or framed page, it is. */
  readonly inside?: string;
}

export interface Inside {
  readonly text: string;
  readonly values: readonly string[];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Look {
  readonly selector: string;
  readonly text: string | undefined;
  readonly inside: string | undefined;
}

export class ReplayView {
  readonly #page: Page;
  readonly frameElement: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.frameElement = page.getByTestId('replay-frame');
  }

  /** Everything that the agent could read in it: text, in shadow roots and inner frames as well. */
  text(): Promise<string> {
    return this.#read((content) => content.text);
  }

  /** Every text and every attribute, as the browser holds them: what is not in here has not arrived. */
  everything(): Promise<string> {
    return this.#read((content) => content.everything);
  }

  async expectText(text: string): Promise<void> {
    await expect.poll(() => this.text(), { message: `the agent sees "${text}"` }).toContain(text);
  }

  async expectNoText(text: string): Promise<void> {
    await expect
      .poll(() => this.text(), { message: `the agent no longer sees "${text}"` })
      .not.toContain(text);
  }

  /** How many elements fit, in the page, in its shadow roots and in its inner frames. */
  async count(selector: string): Promise<number> {
    const frame = await this.#frame();
    return frame.evaluate(countIn, selector);
  }

  async expectCount(selector: string, count: number): Promise<void> {
    await expect
      .poll(() => this.count(selector).catch(() => -1), { message: `the agent sees ${count} of ${selector}` })
      .toBe(count);
  }

  /** What is inside the element: in its shadow root, or in the document that it frames. */
  async inside(selector: string): Promise<Inside> {
    const frame = await this.#frame();
    return frame.evaluate(readInside, selector);
  }

  async value(selector: string): Promise<string | undefined> {
    const frame = await this.#frame();
    return frame.evaluate(fieldValue, selector);
  }

  /** Of all the fields that fit, in the order of the page. */
  async values(selector: string): Promise<readonly string[]> {
    const frame = await this.#frame();
    return frame.evaluate(fieldValues, selector);
  }

  async scrollTop(): Promise<number> {
    const frame = await this.#frame();
    return frame.evaluate(
      () =>
        document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentWindow?.scrollY ?? -1,
    );
  }

  /** Where the visitor's pointer is shown, as `left,top`. */
  async pointer(): Promise<string> {
    const frame = await this.#frame();
    return frame.evaluate(() => {
      const mouse = document.querySelector<HTMLElement>('.replayer-mouse');
      return `${mouse?.style.left},${mouse?.style.top}`;
    });
  }

  /** How many pictures are drawn, and not only named. */
  async drawnImages(): Promise<number> {
    const frame = await this.#frame();
    return frame.evaluate(() => {
      const inner = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
      return [...(inner?.images ?? [])].filter((image) => image.complete && image.naturalWidth > 0).length;
    });
  }

  /** The middle of an element on the agent's own screen. */
  async placeOf(sought: Sought): Promise<{ readonly x: number; readonly y: number }> {
    const look = { selector: sought.selector, text: sought.text, inside: sought.inside };
    const frame = await this.#frame();
    let box: Box | undefined;
    await expect
      .poll(
        async () => {
          box = await frame.evaluate(boxOf, look);
          return box !== undefined;
        },
        `the agent sees ${sought.selector} ${sought.text ?? ''}`,
      )
      .toBe(true);
    const outer = await this.frameElement.boundingBox();
    const width = Number(await this.frameElement.getAttribute('width'));
    if (outer === null || box === undefined) throw new Error('The replay is not on screen.');
    const scale = outer.width / width;
    return { x: outer.x + (box.x + box.width / 2) * scale, y: outer.y + (box.y + box.height / 2) * scale };
  }

  async #read(pick: (content: { text: string; everything: string }) => string): Promise<string> {
    // Between two pages the frame may be in the making: then there is nothing to read yet.
    const frame = await this.#frame().catch(() => undefined);
    const content = await frame?.evaluate(readContent).catch(() => undefined);
    return content === undefined ? '' : pick(content);
  }

  async #frame(): Promise<Frame> {
    const handle = await this.#page.waitForSelector('[data-testid="replay-frame"]', { timeout: 5_000 });
    const frame = await handle.contentFrame();
    if (frame === null) throw new Error('The replay has no frame.');
    return frame;
  }
}

/** The functions below run inside the replay's frame and stand each for itself. */

function readContent(): { text: string; everything: string } {
  const texts: string[] = [];
  const everything: string[] = [];
  const walk = (root: Document | ShadowRoot | Element): void => {
    for (const node of root.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        everything.push(node.nodeValue ?? '');
        const parent = node.parentElement?.localName ?? '';
        if (!['style', 'title', 'noscript'].includes(parent)) texts.push(node.nodeValue ?? '');
      }
      if (!('attributes' in node)) continue;
      const element = node as HTMLElement;
      for (const { name, value } of element.attributes) everything.push(`${name}=${value}`);
      if ('value' in element) everything.push(String((element as HTMLInputElement).value));
      if (element.shadowRoot !== null) walk(element.shadowRoot);
      const inner = (element as HTMLIFrameElement).contentDocument;
      if (inner !== undefined && inner !== null) walk(inner);
      walk(element);
    }
  };
  const page = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
  if (page !== undefined && page !== null) walk(page);
  return { text: texts.join(' ').replace(/\s+/g, ' '), everything: everything.join('\n') };
}

function countIn(selector: string): number {
  const count = (root: Document | ShadowRoot): number => {
    let found = root.querySelectorAll(selector).length;
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot !== null) found += count(element.shadowRoot);
      const inner = (element as HTMLIFrameElement).contentDocument;
      if (inner !== undefined && inner !== null) found += count(inner);
    }
    return found;
  };
  const page = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
  return page === undefined || page === null ? -1 : count(page);
}

function readInside(selector: string): Inside {
  const page = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
  const host = page?.querySelector(selector);
  const root = host?.shadowRoot ?? (host as HTMLIFrameElement | null | undefined)?.contentDocument?.body;
  const drawn = [...(root?.querySelectorAll('*') ?? [])].filter(({ localName }) => localName !== 'style');
  const texts = drawn.flatMap(({ childNodes }) =>
    [...childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? [node.nodeValue ?? ''] : [])),
  );
  const fields = [...(root?.querySelectorAll<HTMLInputElement>('input, select, textarea') ?? [])];
  return { text: texts.join(' ').replace(/\s+/g, ' '), values: fields.map(({ value }) => value) };
}

function fieldValue(selector: string): string | undefined {
  const page = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
  return page?.querySelector<HTMLInputElement>(selector)?.value;
}

function fieldValues(selector: string): string[] {
  const page = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
  return [...(page?.querySelectorAll<HTMLInputElement>(selector) ?? [])].map(({ value }) => value);
}

function boxOf({ selector, text, inside }: Look): Box | undefined {
  const page = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
  const holder = inside === undefined ? null : (page?.querySelector<HTMLIFrameElement>(inside) ?? null);
  const framed = holder?.contentDocument ?? undefined;
  const root = inside === undefined ? page : (holder?.shadowRoot ?? framed);
  const elements = [...(root?.querySelectorAll(selector) ?? [])];
  const found = elements.find((element) => text === undefined || element.textContent?.includes(text));
  if (found === undefined) return undefined;
  const { x, y, width, height } = found.getBoundingClientRect();
  if (holder === null || framed === undefined) return { x, y, width, height };
  const around = holder.getBoundingClientRect();
  return { x: around.x + holder.clientLeft + x, y: around.y + holder.clientTop + y, width, height };
}
