/** The journey of the demo customer, whose site shows the text of its pages. */

import { test } from './fixtures.js';
import { tellOfArrival } from './journey/arrival-steps.js';
import { tellOfCall } from './journey/call-steps.js';
import { tellOfControl } from './journey/control-steps.js';
import { tellOfConversation } from './journey/conversation-steps.js';
import { tellOfEnding } from './journey/ending-steps.js';
import { Story } from './journey/story.js';
import { tellOfView } from './journey/view-steps.js';
import { readDemoSignIns } from './service/demo-sign-ins.js';

test.describe.configure({ mode: 'serial' });

let told: Story | undefined;
const story = (): Story => {
  if (told === undefined) throw new Error('The journey has not begun.');
  return told;
};

test.beforeAll(async ({ browser, service, secondCustomer }) => {
  const { officer, agents } = await readDemoSignIns(service.dataDir);
  const [first, other] = agents;
  if (first === undefined || other === undefined) throw new Error('The demo customer has two agents.');
  told = new Story(
    { browser, service, second: secondCustomer },
    {
      siteName: 'Hazel & Spoke shop',
      shopOrigin: service.origins.shop,
      officer,
      agents: [first, other],
      text: 'shown',
    },
  );
});

test.afterAll(async () => {
  await told?.people.leave();
  told?.second.expectNothingForeign();
});

test.describe('the demo customer', () => {
  tellOfArrival(story);
  tellOfConversation(story);
  tellOfView(story);
  tellOfControl(story);
  tellOfCall(story);
  tellOfEnding(story);
});
