/** Lays what a page hears of an agent's hand beside what it hears of a person's: tests for the cases that are named. */

import type { MaskingPolicy } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { ControlPage, click, send, targetOf, type } from './control-page.js';
import type { HeardEvent } from './event-recorder.js';
import { recordEvents, takeEvents, withoutRuns } from './event-recorder.js';

const pageHtml = `<!doctype html><html><head><style>
  body { margin: 0 } main > * { position: absolute; height: 24px; width: 120px; box-sizing: border-box; margin: 0 }
</style></head><body><main>
  <button id="button" type="button" style="left:10px;top:10px">Press</button>
  <input id="check" type="checkbox" style="left:10px;top:40px;width:24px">
  <input id="one" type="radio" name="r" checked style="left:10px;top:70px;width:24px">
  <input id="two" type="radio" name="r" style="left:50px;top:70px;width:24px">
  <label id="label" for="named" style="left:10px;top:100px">Name</label>
  <input id="named" type="checkbox" style="left:200px;top:100px;width:24px">
  <input id="text" style="left:10px;top:130px" value="old">
  <textarea id="area" style="left:10px;top:160px"></textarea>
  <div id="editable" contenteditable style="left:10px;top:190px">old</div>
  <select id="choice" style="left:10px;top:220px"><option>One</option><option>Two</option><option>Three</option></select>
  <input id="slider" type="range" min="0" max="10" value="2" style="left:10px;top:250px;width:200px">
  <input id="number" type="number" value="3" style="left:10px;top:280px">
  <div id="custom" tabindex="0" role="slider" style="left:10px;top:310px;width:200px;background:#ddd"></div>
  <p id="plain" style="left:10px;top:340px">Nothing to press</p>
</main><div id="panel"></div><script src="/harness.js"></script></body></html>`;

const policy: MaskingPolicy = {
  text: 'shown',
  ...{ maskSelectors: [], blockSelectors: [], allowSelectors: ['main'], noControlSelectors: [] },
};

let served: ControlPage;

type Hand = (page: Page) => Promise<unknown>;

/** What both hear, each on a page that is as it was in the beginning. */
async function both(page: Page, person: Hand, agent: Hand): Promise<readonly (readonly HeardEvent[])[]> {
  await person(page);
  const byPerson = await takeEvents(page);
  await page.mouse.move(600, 600);
  await served.open(page, { policy, needs: '#plain' });
  await agent(page);
  return [byPerson, await takeEvents(page)];
}

async function centreOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not on the page`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const personClicks = (selector: string) => async (page: Page) => {
  const { x, y } = await centreOf(page, selector);
  await page.mouse.click(x, y);
};

/** A person selects what is there; how they do that is theirs, so it is left out on both sides. */
const personTypes = (selector: string, text: string) => async (page: Page) => {
  await page.locator(selector).focus();
  await page.locator(selector).selectText();
  for (const letter of text) await page.keyboard.press(keysFor[letter] ?? letter);
};
/** A person holds the shift key for these. */
const keysFor: Readonly<Record<string, string>> = {
  A: 'Shift+A',
  N: 'Shift+N',
  '!': 'Shift+!',
  '\n': 'Enter',
  ' ': 'Space',
};

const key = (selector: string, name: string) => async (page: Page) =>
  send(page, 'type', { target: await targetOf(page, selector), key: name });
const personPresses = (selector: string, name: string) => async (page: Page) => {
  await page.locator(selector).focus();
  await takeEvents(page);
  await page.keyboard.press(name);
};
const agentPresses = (selector: string, name: string) => async (page: Page) => {
  await page.locator(selector).focus();
  await takeEvents(page);
  expect(await key(selector, name)(page)).toBe('done');
};

export interface HandCases {
  readonly clicks: readonly string[];
  readonly typed: readonly (readonly [selector: string, text: string])[];
  readonly keys: readonly (readonly [selector: string, key: string])[];
  readonly drags: readonly string[];
}

export function compareHands(cases: HandCases): void {
  test.beforeAll(async () => {
    served = await ControlPage.serve(pageHtml);
  });
  test.afterAll(() => served.close());
  test.beforeEach(async ({ page }) => {
    await recordEvents(page);
    await served.open(page, { policy, needs: '#plain' });
  });

  for (const selector of cases.clicks) {
    test(`a click on ${selector} is heard as a person's`, async ({ page }) => {
      const [person, agent] = await both(page, personClicks(selector), (at) => click(at, selector));
      expect(agent).toEqual(person);
    });
  }

  test('a click on a label is heard as a person’s, and reaches its field', async ({ page }) => {
    const [person = [], agent = []] = await both(page, personClicks('#label'), (at) => click(at, '#label'));
    const told = (events: readonly HeardEvent[]) => events.map((each) => `${each.type} ${each.on}`);
    expect(told(agent)).toEqual(told(person));
    await expect(page.locator('#named')).toBeChecked();
  });

  for (const [selector, text] of cases.typed) {
    test(`what is typed into ${selector} is heard key by key as a person's`, async ({ page }) => {
      const [person = [], agent = []] = await both(page, personTypes(selector, text), (at) =>
        type(at, selector, text),
      );
      // The agent's text is whole: the page hears of the change at once, and not when the field is left.
      expect(agent.at(-1)).toMatchObject({ type: 'change', bubbles: true, cancelable: false });
      expect(agent.slice(0, -1)).toEqual(person);
    });
  }

  test('what is typed into an element that is edited as it stands is heard as a person’s', async ({
    page,
  }) => {
    const [person = [], agent = []] = await both(page, personTypes('#editable', 'New'), (at) =>
      type(at, '#editable', 'New'),
    );
    expect(agent).toEqual(person);
    await expect(page.locator('#editable')).toHaveText('New');
  });

  test('what needs an input method is composed', async ({ page }) => {
    expect(await type(page, '#text', '東京x')).toBe('done');
    await expect(page.locator('#text')).toHaveValue('東京x');
    const events = await takeEvents(page);
    expect(events.map((each) => each.type).filter((name) => name.startsWith('composition'))).toEqual([
      'compositionstart',
      'compositionupdate',
      'compositionend',
    ]);
    const input = events.find((each) => each.type === 'input');
    expect(input).toMatchObject({ inputType: 'insertCompositionText', data: '東京', isComposing: true });
  });

  for (const [selector, mine] of cases.keys) {
    test(`${mine} on ${selector} is heard and does as a person's`, async ({ page }) => {
      const [person = [], agent = []] = await both(
        page,
        personPresses(selector, mine),
        agentPresses(selector, mine),
      );
      const told = (events: readonly HeardEvent[]) =>
        events
          .filter(({ key: name }) => name !== 'Shift')
          .map(({ type: of, on, value, key: name, inputType, data }) => [
            of,
            on,
            value,
            name,
            inputType,
            data,
          ]);
      expect(told(agent)).toEqual(told(person));
    });
  }

  for (const selector of cases.drags) {
    test(`${selector} is dragged as a person drags it`, async ({ page }) => {
      const drag = async (at: Page) => {
        const box = await at.locator(selector).boundingBox();
        if (box === null) throw new Error('no slider');
        const y = box.y + box.height / 2;
        await at.mouse.move(box.x + box.width * 0.25, y);
        await at.mouse.down();
        await at.mouse.move(box.x + box.width * 0.75, y, { steps: 8 });
        await at.mouse.up();
      };
      const agentDrags = async (at: Page) => {
        const target = await targetOf(at, selector);
        expect(await send(at, 'click', { target, fx: 0.25, fy: 0.5, to: { fx: 0.75, fy: 0.5 } })).toBe(
          'done',
        );
      };
      const [person = [], agent = []] = await both(page, drag, agentDrags);
      expect(withoutRuns(agent)).toEqual(withoutRuns(person));
      expect(agent.at(-1)?.value).toBe(person.at(-1)?.value);
    });
  }
}
