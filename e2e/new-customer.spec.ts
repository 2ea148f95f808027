/** The journey of a customer that an officer makes in the console, beginning with an empty database: text stays masked. */

import { randomBytes } from 'node:crypto';
import { OfficerPage } from './agent/officer-page.js';
import { expect, People, test } from './fixtures.js';
import { tellOfArrival } from './journey/arrival-steps.js';
import { tellOfCall } from './journey/call-steps.js';
import { tellOfControl } from './journey/control-steps.js';
import { tellOfConversation } from './journey/conversation-steps.js';
import { tellOfEnding } from './journey/ending-steps.js';
import { Story } from './journey/story.js';
import { tellOfView } from './journey/view-steps.js';
import { CustomerApi, type SignIn } from './service/customer-api.js';
import { ExtraShop } from './service/extra-shop.js';
import { callLocal } from './service/local-http.js';
import { SecondCustomer } from './service/second-customer.js';
import { embeddedOwnerUrl, readAllRows } from './service/stored-data.js';

test.describe.configure({ mode: 'serial' });
test.use({ demo: false, serviceName: 'of a new customer' });

let told: Story | undefined;
let shop: ExtraShop | undefined;
let officers: People | undefined;
const story = (): Story => {
  if (told === undefined) throw new Error('The journey has not begun.');
  return told;
};

test.afterAll(async () => {
  await told?.people.leave();
  await officers?.leave();
  await shop?.stop();
  told?.second.expectNothingForeign();
  told?.second.close();
});

/** The demo customer's journey takes them each time. */
const asides = { tag: ['@full'] };

test.describe('a new customer', () => {
  test('step 0: from an empty database an officer makes a customer, a site and its first agents', async ({
    browser,
    service,
  }) => {
    const { origins } = service;
    const installation = await callLocal(`${origins.console}/api/installation`);
    expect(installation.json()).toMatchObject({ anyCustomer: false });
    const before = await readAllRows(await embeddedOwnerUrl(service.dataDir));
    expect(before.filter((row) => !row.startsWith('migration'))).toEqual([]);
    officers = new People(browser, service);
    shop = await ExtraShop.start('brook');
    const host = new URL(shop.origin);
    const officer = person('Oona Officer');
    const page = await officers.context({ viewport: { width: 1440, height: 900 } });
    await page.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: origins.console });
    const console = new OfficerPage(await page.newPage(), origins.console);
    await console.signUp('Brook & Sons', officer);
    await console.describeCustomer({
      legalName: 'Brook & Sons Oy',
      country: 'FI',
      contact: 'privacy@brook.example',
    });
    await console.recordAgreement('Brook & Sons Oy');
    await (await CustomerApi.signIn(origins.console, officer)).confirmAgreement('FI');
    await console.addSite({
      name: 'Brook shop',
      origins: [shop.origin, ...['www', 'pay'].map((name) => `${host.protocol}//${name}.${host.host}`)],
      country: 'FI',
      cookieDomain: host.hostname,
    });
    await console.writeNotice('Brook & Sons answers here, and nobody else.');
    await console.writeSurvey('How well did Brook help you?');
    const snippet = await console.copySnippet();
    const [, scriptUrl, siteKey] =
      /<script async src="([^"]+)" data-alongside-site="([^"]+)"><\/script>/.exec(snippet) ?? [];
    if (scriptUrl === undefined || siteKey === undefined) throw new Error(`The snippet is ${snippet}.`);
    shop.embed({ scriptUrl, siteKey, connectOrigins: [origins.live, origins.live.replace('http', 'ws')] });
    const agents = [person('Bea Brook'), person('Bo Brook')] as const;
    for (const agent of agents) {
      const link = await console.invite(agent, { country: 'FI', site: 'Brook shop' });
      const enrolling = new OfficerPage(await (await officers.context()).newPage(), origins.console);
      await enrolling.page.goto(link);
      await enrolling.enrol(agent);
      await enrolling.page.goto('about:blank');
      await enrolling.page.goto(link);
      await expect(enrolling.page.getByLabel('password'), 'the link works once').toBeHidden();
    }
    // Only now: the database was to be empty before.
    const second = await SecondCustomer.open(origins);
    told = new Story(
      { browser, service, second },
      { siteName: 'Brook shop', shopOrigin: shop.origin, officer, agents, text: 'masked' },
    );
    await officers.leave();
  });

  tellOfArrival(story);
  tellOfConversation(story, asides);
  tellOfView(story);
  tellOfControl(story, asides);
  tellOfCall(story, asides);
  tellOfEnding(story);
});

function person(displayName: string): SignIn {
  const mark = randomBytes(4).toString('hex');
  const password = randomBytes(12).toString('base64url');
  return {
    email: `${displayName.split(' ')[0]?.toLowerCase()}.${mark}@brook.example`,
    displayName,
    password,
  };
}
