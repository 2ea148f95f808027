/** What looks like a number of a person is never shown, however the page has cut it up, even where text is. */

import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { TestWindow } from './recorded-page.js';
import { masksAll, RecordedPage, showsTexts, startRecording, whatLeft } from './recorded-page.js';

/** Pieces between tags, as pages cut numbers up; `[]` stands for one of the pieces. */
interface Shape {
  readonly name: string;
  readonly html: (pieces: readonly string[]) => string;
}

const shapes: readonly Shape[] = [
  { name: 'in one text', html: (pieces) => `<p>Your ${pieces.join(' ')} there</p>` },
  { name: 'in spans', html: (pieces) => `<p>${pieces.map((piece) => `<span>${piece}</span>`).join('')}</p>` },
  {
    name: 'in marks',
    html: (pieces) => `<p>Yes <b>${pieces[0]}</b><i><u>${pieces.slice(1).join('')}</u></i></p>`,
  },
  { name: 'over lines', html: (pieces) => `<p>${pieces.join('<br>\n   ')}</p>` },
  { name: 'with comments', html: (pieces) => `<p>${pieces.join('<!-- x -->')}</p>` },
  { name: 'with invisible signs', html: (pieces) => `<p>${pieces.join('\u200b\u00ad')}</p>` },
  {
    name: 'in custom elements',
    html: (pieces) => `<p>${pieces.map((piece) => `<x-y>${piece}</x-y>`).join(' ')}</p>`,
  },
  { name: 'in a title', html: (pieces) => `<p data-alongside="allow" title="${pieces.join(' ')}">x</p>` },
  {
    name: 'in a label',
    html: (pieces) => `<p data-alongside="allow" aria-label="No ${pieces.join('-')}">x</p>`,
  },
  {
    name: 'in a placeholder',
    html: (pieces) => `<input data-alongside="allow" placeholder="${pieces.join('')}">`,
  },
  { name: 'in a value', html: (pieces) => `<input data-alongside="allow" value="${pieces.join(' ')}">` },
  {
    name: 'in a text area',
    html: (pieces) => `<textarea data-alongside="allow">${pieces.join(' ')}</textarea>`,
  },
  {
    name: 'in an option',
    html: (pieces) =>
      `<select data-alongside="allow"><option value="${pieces.join('')}">${pieces.join(' ')}</option></select>`,
  },
  {
    name: 'in SVG',
    html: (pieces) => `<svg><text>${pieces.map((piece) => `<tspan>${piece}</tspan>`).join('')}</text></svg>`,
  },
];
const boxes: Shape = {
  name: 'in boxes',
  html: (pieces) => `<div>${pieces.map((piece) => `<div>${piece}</div>`).join('')}</div>`,
};

/** In pieces of at least three signs, which are looked for one by one. */
const secrets: Readonly<Record<string, readonly string[]>> = {
  card: ['4539', '1488', '0343', '6467'],
  iban: ['DE89', '3704', '0044', '0532', '0130', '00'],
  email: ['mira.muster', '@', 'bank', '.example'],
  phone: ['+49', '1512', '3456', '789'],
  taxNumber: ['860', '957', '427', '19'],
  ahv: ['756', '.9217', '.0769', '.85'],
  nir: ['25508', '14168', '025', '38'],
  insurance: ['AB', '1234', '56', 'C'],
  citizen: ['111', '222', '333'],
  social: ['219-', '09-', '9999'],
};
const everyOne = Object.values(secrets);

const pageHtml = `<!doctype html><html><head><title>Nets</title></head><body>
  <p>Plain words and 12 apples for 3.50 on 01.02.2026</p>
  ${shapes.map((shape) => everyOne.map(shape.html).join('\n')).join('\n')}
  ${[secrets.card, secrets.citizen].map((each) => boxes.html(each ?? [])).join('\n')}
  <div>${[...(secrets.card ?? [])]
    .join('')
    .split('')
    .map((digit) => `<div>${digit}</div>`)
    .join('')}</div>
  <svg><text id="placed" x="0 9 18" y="9" rotate="5" textLength="27">Fig</text></svg>
  <p id="growing">4539</p><input id="typed" data-alongside="allow"><div id="later"></div>
  <script src="/recording.js"></script></body></html>`;

let site: RecordedPage;
test.beforeAll(async () => {
  site = await RecordedPage.serve(pageHtml);
});
test.afterAll(() => site.close());

/** The texts, values and descriptions that left, without numbers of nodes, sizes and places. */
function wordsIn(out: string): string {
  const words: string[] = [];
  const see = (value: unknown, key: string): void => {
    if (typeof value === 'string' && key !== 'style') words.push(value);
    if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) see(inner, name);
    }
  };
  for (const line of out.split('\n')) see(JSON.parse(line), '');
  return words.join('\n');
}

async function shownOn(page: Page): Promise<string> {
  return wordsIn(await whatLeft(page));
}

/** Of the three longest pieces of each secret, those that are there. */
function found(words: string): readonly string[] {
  return everyOne.flat().filter((piece) => piece.length >= 3 && words.includes(piece));
}

test('nothing that looks like a number of a person is shown, in any shape', async ({ page }) => {
  await page.goto(site.origin);
  await startRecording(page, showsTexts);
  const words = await shownOn(page);
  expect(words).toContain('Plain words and 12 apples for 3.50 on 01.02.2026');
  expect(found(words).filter((piece) => piece !== '4539')).toEqual([]);
  expect(words.match(/4539/g), 'half a number alone is none').toHaveLength(1);
});

test('it is shown where the site has taken the nets away', async ({ page }) => {
  await page.goto(site.origin);
  await startRecording(page, { ...showsTexts, nets: [] });
  const words = await shownOn(page);
  expect(new Set(found(words)).size).toBe(new Set(everyOne.flat().filter((piece) => piece.length >= 3)).size);
});

test('a number that comes piece by piece takes back what was shown of it', async ({ page }) => {
  await page.goto(site.origin);
  await startRecording(page, showsTexts);
  const before = await whatLeft(page);
  expect(wordsIn(before)).toContain('4539');
  await page.evaluate(() => {
    const growing = document.getElementById('growing');
    for (const piece of [' 1488', ' 0343', ' 6467']) {
      const span = document.createElement('span');
      span.textContent = piece;
      growing?.append(span);
    }
  });
  const out = await whatLeft(page);
  const after = out.slice(before.length);
  expect(found(wordsIn(after.trim()))).toEqual([]);
  const id = await page.evaluate(() => {
    const { recording } = window as unknown as TestWindow;
    const text = document.getElementById('growing')?.firstChild;
    return text ? recording.idOf(text) : 0;
  });
  const takenBack = after
    .trim()
    .split('\n')
    .flatMap(
      (line) => (JSON.parse(line) as { data: { texts?: { id: number; value: string }[] } }).data.texts ?? [],
    )
    .find((text) => text.id === id);
  expect(takenBack?.value).toMatch(/^ \u2588+\u2060* $/);
});

test('where the letters of a drawn text stand comes with its words, and goes with them', async ({ page }) => {
  await page.goto(site.origin);
  await startRecording(page, showsTexts);
  const put = (text: string) =>
    page.evaluate((words) => {
      const placed = document.getElementById('placed');
      if (placed !== null) placed.textContent = words;
    }, text);
  const id = await page.evaluate(() => {
    const { recording } = window as unknown as TestWindow;
    return recording.idOf(document.getElementById('placed') ?? document);
  });
  const places = async () => {
    const told = (await whatLeft(page)).split('\n').flatMap((line) => {
      const { data } = JSON.parse(line) as { data: { attributes?: { id: number; attributes: object }[] } };
      return (data.attributes ?? []).filter((change) => change.id === id);
    });
    return told.at(-1)?.attributes;
  };
  expect(await whatLeft(page)).toContain('"x":"0 9 18"');
  await put('4539 1488 0343 6467');
  expect(await places()).toEqual({ x: null, rotate: null, textLength: null });
  await page.evaluate(() => document.getElementById('placed')?.setAttribute('x', '1 2 3 4 5'));
  expect(await places()).toEqual({ x: null, rotate: null, textLength: null });
  await put('Pear');
  expect(await places()).toEqual({ x: '1 2 3 4', rotate: '5', textLength: '27' });
});

test('an element of HTML that is named like a drawn text says nothing by its places', async ({ page }) => {
  await page.goto(site.origin);
  await startRecording(page, showsTexts);
  await page.evaluate(() => {
    const named = document.createElement('text');
    named.setAttribute('x', '7 7 7 7');
    named.textContent = 'Plum';
    document.body.append(named);
  });
  await page.evaluate(() => {
    const named = document.querySelector('body > text');
    if (named !== null) named.textContent = 'Quince';
  });
  const told = await whatLeft(page);
  expect(told).toContain('Quince');
  expect(told).not.toContain('7 7 7');
});

test('what is typed is hidden before the number is whole', async ({ page }) => {
  await page.goto(site.origin);
  await startRecording(page, showsTexts);
  await page.locator('#typed').pressSequentially('Mira 4539148803436467');
  const words = await shownOn(page);
  expect(words).toContain('Mira 4539');
  expect(words).not.toContain('45391488');
});

test('pages of their own are masked, left out or shown, whatever else says otherwise', async ({ page }) => {
  const rules = { ...showsTexts, maskPages: ['/account/**'], blockPages: ['/pay'] };
  await page.goto(`${site.origin}/Account/cards/`);
  await startRecording(page, rules);
  expect(await shownOn(page)).not.toContain('apples');
  await page.goto(`${site.origin}/PAY`);
  await startRecording(page, rules);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as TestWindow).recording.out.length))
    .toBeGreaterThan(0);
  const blocked = await page.evaluate(() => (window as unknown as TestWindow).recording.out.join('\n'));
  expect(blocked).not.toContain('apples');
  expect(blocked).not.toContain('"input"');
  await page.goto(`${site.origin}/help`);
  await startRecording(page, { ...masksAll, showPages: ['/help'] });
  expect(await shownOn(page)).toContain('apples');
});

test('a route without a load takes its own rules with it', async ({ page }) => {
  await page.goto(`${site.origin}/help`);
  await startRecording(page, { ...showsTexts, maskPages: ['/account'] });
  expect(await shownOn(page)).toContain('apples');
  await page.evaluate(() => {
    history.pushState({}, '', '/account');
    const later = document.getElementById('later');
    if (later !== null) later.textContent = 'secret pears';
  });
  const asked = () => page.evaluate(() => (window as unknown as TestWindow).recording.asked);
  await expect.poll(asked, 'the view is asked for anew').toBeGreaterThan(0);
  await page.evaluate(() => (window as unknown as TestWindow).recording.controller.takeSnapshot());
  const words = await shownOn(page);
  expect(words).not.toContain('pears');
  const out = await page.evaluate(() => (window as unknown as TestWindow).recording.out);
  const last = out.findLast((line) => line.startsWith('{"type":2'));
  expect(last).toBeDefined();
  expect(last).not.toContain('apples');
});
