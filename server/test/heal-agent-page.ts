/** The agent of a call that is hurt: the console's own connection, call client and view of the page, without screens. */

import type { AgentTicketIssued, EngagementId, EngagementView } from '@alongside/protocol';
import { succeed } from '../../agent-console/src/app/failure.js';
import { CallClient } from '../../agent-console/src/engagement/call/call-client.js';
import { callHealth } from '../../agent-console/src/engagement/call/call-health.js';
import { PageView } from '../../agent-console/src/engagement/player/page-view.js';
import type { ReplayPort } from '../../agent-console/src/engagement/player/replay-port.js';
import type { VisitorTrip } from '../../agent-console/src/engagement/player/visitor-trip.js';
import { LiveConnection } from '../../agent-console/src/live/live-connection.js';
import { ports, received, relayed, throttle, untilTaken } from './heal-page.js';

let engagementId: EngagementId | undefined;
let client: CallClient | undefined;
let pageView: PageView | undefined;
let opened = 0;
/** What the replay would have been given, as one text. */
let shown = '';
const replay: Pick<ReplayPort, 'post'> = {
  post: (message) => {
    if ('events' in message) shown += JSON.stringify(message.events);
  },
};
const trip: Pick<VisitorTrip, 'follow' | 'told'> = { follow: () => undefined, told: () => undefined };

function callOf(): CallClient {
  if (client === undefined) throw new Error('There is no engagement yet.');
  return client;
}

function follow(view: EngagementView): void {
  if (view.engagementId !== engagementId) return;
  client?.follow(view.call);
  if (view.view.state !== 'on' || pageView !== undefined) return;
  pageView = new PageView({
    ...{ engagementId, live },
    ...{ replay: replay as ReplayPort, trip: trip as VisitorTrip },
  });
  pageView.start();
}

const live = new LiveConnection(
  async () => {
    const given = await window.askTicket();
    engagementId = given.engagementId as EngagementId;
    client ??= new CallClient({ engagementId, live });
    // What is not shown is not sent.
    client.showsVisitor('large');
    return succeed(given as unknown as AgentTicketIssued);
  },
  {
    'session:opened': ({ engagements }) => {
      opened += 1;
      for (const view of engagements) follow(view);
      if (opened > 1) client?.reconnected();
    },
    'session:statusChanged': ({ calls }) => {
      if (calls.state === 'ready') client?.callsReady();
    },
    'engagement:changed': ({ engagement }) => follow(engagement),
    'call:produced': ({ producer }) => client?.produced(producer),
    'call:producerChanged': ({ producer }) => client?.producerChanged(producer),
    'call:producerClosed': ({ producerId }) => client?.producerClosed(producerId),
    'call:measured': ({ measured }) => client?.visitorMeasured(measured),
    'call:lost': () => client?.lost(),
  },
);

async function must(reply: Promise<{ readonly ok: boolean }>): Promise<void> {
  const made = await reply;
  if (!made.ok) throw new Error(JSON.stringify(made));
}

function named(): EngagementId {
  if (engagementId === undefined) throw new Error('There is no engagement yet.');
  return engagementId;
}

window.healPage = {
  open: async () => {
    await new Promise<void>((resolve) => {
      live.state.subscribe(() => {
        if (live.state.value.state === 'open') resolve();
      });
      live.start();
    });
    await must(live.send('desk:available', { available: true }));
    await must(live.send('engagement:accept', { engagementId: named() }));
  },
  call: () => must(callOf().start('video')),
  received,
  told: () => {
    const { theirs, ration, isStill } = callOf().state.value;
    const [visitors] = callHealth({ ours: {}, theirs });
    return { grade: visitors?.grade, rests: ration === 'none', isStill };
  },
  ports,
  show: (shown) => callOf().showsVisitor(shown),
  relayed,
  throttle,
  state: () => {
    const { link, failure } = callOf().state.value;
    return failure?.code ?? link;
  },
  opened: () => opened,
  watch: () => must(live.send('view:ask', { engagementId: named() })),
  write: () => undefined,
  hasRead: (text) => shown.includes(text),
  say: (text) => untilTaken((lineId) => live.send('chat:send', { engagementId: named(), lineId, text })),
};
