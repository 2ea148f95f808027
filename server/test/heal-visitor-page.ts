/** The visitor of a call that is hurt: the panel's own connection, call and shared page, without its screens. */

import type { CallAvailability, EngagementView, MaskingPolicy, VisitorFacts } from '@alongside/protocol';
import { signal } from '@preact/signals';
import * as callPart from '../../visitor-sdk/src/call/call-part.js';
import type { PanelParts } from '../../visitor-sdk/src/embedding/panel-parts.js';
import { CallController } from '../../visitor-sdk/src/panel/calling/call-controller.js';
import type { CallFacts, EngagementSession } from '../../visitor-sdk/src/panel/session/engagement-session.js';
import type { ConnectionState } from '../../visitor-sdk/src/panel/session/signal-connection.js';
import { SignalConnection } from '../../visitor-sdk/src/panel/session/signal-connection.js';
import { TabMemory } from '../../visitor-sdk/src/panel/session/tab-memory.js';
import { ViewSharing } from '../../visitor-sdk/src/panel/sharing/view-sharing.js';
import * as sharingPart from '../../visitor-sdk/src/sharing/sharing-part.js';
import { ports, received, relayed, throttle, untilTaken } from './heal-page.js';

const engagement = signal<EngagementView | undefined>(undefined);
const connection = signal<ConnectionState>('connecting');
const calls = signal<CallAvailability>({ state: 'unavailable' });
let callFacts: CallFacts | undefined;
let opened = 0;
let answered = '';

const nothing = (): void => undefined;
const facts: { [K in keyof VisitorFacts]: VisitorFacts[K] } = {
  'session:opened': (fact) => {
    opened += 1;
    calls.value = fact.calls;
    follow(fact.engagement);
  },
  'session:passed': nothing,
  'session:statusChanged': (fact) => {
    calls.value = fact.calls;
  },
  'session:ended': nothing,
  'engagement:changed': (fact) => follow(fact.engagement),
  'chat:said': nothing,
  'chat:delayed': nothing,
  'chat:typed': nothing,
  'call:produced': ({ producer }) => callFacts?.produced(producer),
  'call:producerChanged': ({ producer }) => callFacts?.changed(producer),
  'call:producerClosed': ({ producerId }) => callFacts?.closed(producerId),
  'call:deserted': nothing,
  'call:returned': nothing,
  'call:lost': () => callFacts?.lost(),
  'call:keysPassed': ({ step, agentId }) => callFacts?.keysPassed(step, agentId),
  'delivery:offered': nothing,
  'delivery:answered': nothing,
  'site:rulesChanged': nothing,
};

const live = new SignalConnection({
  admission: () => window.askTicket(),
  onState: (state) => {
    connection.value = state;
  },
  facts,
});

/** As much of a session as a call knows of. */
const session = {
  engagement,
  connection,
  calls,
  skewMs: signal(0),
  desertedCall: signal(undefined),
  get entry() {
    return { engagementId: engagement.peek()?.engagementId };
  },
  command: live.command.bind(live),
  set callFacts(next: CallFacts | undefined) {
    callFacts = next;
  },
};
const shared = {
  session: signal(session as unknown as EngagementSession),
  ended: signal(undefined),
  parts: {
    call: async () => callPart,
    sharing: async () => sharingPart,
    prefetchSharing: nothing,
  } as unknown as PanelParts,
  memory: new TabMemory(undefined, 'site_0123456789'),
};
const call = new CallController({
  ...shared,
  language: 'en',
  screens: {
    rules: async () => undefined,
    root: document.createElement('div').attachShadow({ mode: 'open' }),
    hiddenWords: '',
  },
});

const policy: MaskingPolicy = {
  ...{ text: 'shown', maskSelectors: [], blockSelectors: [] },
  ...{ allowSelectors: [], noControlSelectors: [] },
};
new ViewSharing({
  ...shared,
  policy: async () => [policy],
  origins: () => [],
  host: document.createElement('div'),
  agentName: () => 'Aki',
  isOwn: () => true,
  onBack: nothing,
  onFollowed: nothing,
  clear: () => [],
  announce: () => '',
});

// What is not shown is not sent.
call.showsAgent('large');

function follow(view: EngagementView): void {
  engagement.value = view;
  const asked = view.call;
  if (asked.state === 'asked' && asked.askId !== answered) {
    answered = asked.askId;
    void call.answer(asked.askId, true, 'video');
  }
  if (view.view.state === 'asked') void live.command('view:grant', { askId: view.view.askId });
  // After a reload the call is offered here, and this visitor always wants it, and to be heard.
  if (call.phase.peek() === 'elsewhere') {
    call.joinHere();
    call.own.isMuted = false;
  }
}

window.healPage = {
  open: () =>
    new Promise((resolve) => {
      const stop = connection.subscribe((state) => {
        if (state === 'online') resolve();
      });
      void stop;
      live.open();
    }),
  call: async () => undefined,
  received,
  told: () => ({
    grade: call.health.quality.value.grade,
    rests: call.health.ration.value === 'none',
    isStill: call.health.isStill.value,
  }),
  ports,
  show: (shown) => call.showsAgent(shown),
  relayed,
  throttle,
  state: () => (call.phase.value === 'failed' ? call.failure.value : call.phase.value),
  opened: () => opened,
  watch: async () => undefined,
  write: (text) => {
    document.body.append(Object.assign(document.createElement('p'), { textContent: text }));
  },
  hasRead: () => false,
  say: (text) => untilTaken((lineId) => live.command('chat:send', { lineId, text })),
};
