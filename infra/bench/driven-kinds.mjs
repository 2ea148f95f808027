/** The five kinds of page that are recorded, and what a person does on each of them. */

const STEPS_A_SECOND = 60;

/** The pointer goes to a place as a hand moves it: a position for each frame, fast at first and slow at last. */
async function glide(page, { x, y }, ms = 400) {
  const from = hands.get(page) ?? { x: 640, y: 400 };
  const steps = Math.max(2, Math.round((ms * STEPS_A_SECOND) / 1000));
  for (let step = 1; step <= steps; step += 1) {
    const share = 1 - (1 - step / steps) ** 2;
    await page.mouse.move(from.x + (x - from.x) * share, from.y + (y - from.y) * share);
    await page.waitForTimeout(1000 / STEPS_A_SECOND - 4);
  }
  hands.set(page, { x, y });
}

const hands = new WeakMap();

async function glideTo(page, selector, at = 0) {
  const place = page.locator(selector).nth(at);
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  if (box === null) throw new Error(`${selector} is not on the page`);
  await glide(page, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  return place;
}

async function press(page, selector, at = 0) {
  await glideTo(page, selector, at);
  await page.mouse.down();
  await page.waitForTimeout(70);
  await page.mouse.up();
  await page.waitForTimeout(250);
}

async function type(page, selector, text) {
  await press(page, selector);
  await page.keyboard.type(text, { delay: 95 });
}

async function wheel(page, dy, turns) {
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, dy);
    await page.waitForTimeout(60);
  }
}

export const kinds = [
  {
    name: 'form',
    about: 'the first step of the demo customer’s application, filled in',
    open: async (page, { shop }) => {
      await page.goto(shop);
      await page.locator('a[href^="/products/"]').first().click();
      await page.locator('form[action="/cart/add"] button').first().click();
      await page.goto(`${shop}/checkout/you`);
    },
    act: async (page) => {
      await type(page, '[name="givenName"]', 'Mira Theodora');
      await type(page, '[name="familyName"]', 'Lindqvist-Okafor');
      await type(page, '[name="nationalId"]', '8421973QX');
      await page.locator('[name="nationality"]').selectOption('pt');
      await type(page, '[name="email"]', 'mira.lindqvist@mail.example');
      await wheel(page, 120, 6);
      await wheel(page, -120, 6);
    },
  },
  {
    name: 'shop',
    about: 'the demo customer’s catalogue and a product, looked through',
    open: async (page, { shop }) => page.goto(shop),
    act: async (page) => {
      for (let at = 0; at < 6; at += 1) {
        await glide(page, { x: 200 + ((at * 397) % 900), y: 150 + ((at * 211) % 560) }, 700);
        await wheel(page, at < 4 ? 160 : -220, 5);
      }
    },
  },
  {
    name: 'table',
    about:
      'the zoo’s table of 20,000 nodes as a desk of figures, ten of which change each quarter of a second',
    open: async (page, { zoo }) => page.goto(`${zoo}/page/table-large`),
    act: async (page) => {
      await page.evaluate(() => {
        let tick = 0;
        setInterval(() => {
          tick += 1;
          for (let at = 0; at < 10; at += 1) {
            const row = rows.rows[(tick * 7 + at * 31) % 60];
            const cell = row.cells[(tick + at) % 10];
            cell.textContent = (((tick * 7919 + at * 104729) % 100000) / 100).toFixed(2);
            cell.style.color = (tick + at) % 2 === 0 ? 'green' : 'firebrick';
          }
        }, 250);
      });
      for (let at = 0; at < 8; at += 1) {
        await glide(page, { x: 100 + ((at * 173) % 700), y: 200 + ((at * 97) % 500) }, 600);
        await wheel(page, at % 2 === 0 ? 100 : -100, 3);
        await page.waitForTimeout(500);
      }
    },
  },
  {
    name: 'application',
    about: 'the zoo’s application made with React: a router, a keyed list and a bound field',
    open: async (page, { zoo }) => page.goto(`${zoo}/page/framework-react`),
    act: async (page) => {
      for (let turn = 0; turn < 4; turn += 1) {
        for (let added = 0; added < 4; added += 1) await press(page, '#add');
        await press(page, '#turn');
        await type(page, '#name', 'Mira and a lamp');
        await press(page, '#to-about');
        await press(page, '#to-list');
      }
    },
  },
  {
    name: 'list',
    about: 'the zoo’s list of 10,000 rows that uses twenty nodes again and again, scrolled',
    open: async (page, { zoo }) => page.goto(`${zoo}/page/scroll-virtual`),
    act: async (page) => {
      await glide(page, { x: 400, y: 380 });
      for (let at = 0; at < 8; at += 1) {
        await wheel(page, at < 5 ? 140 : -180, 8);
        await glide(page, { x: 300 + ((at * 131) % 500), y: 300 + ((at * 59) % 200) }, 400);
      }
    },
  },
];
