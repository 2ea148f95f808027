/** The visitor of a call that is hurt: the panel's own connection, call and controller, without its screens. */

import type { CallAvailability, EngagementView, VisitorFacts } from '@alongside/protocol';
import { signal } from '@preact/signals';
import * as callPart from '../../visitor-sdk/src/call/call-part.js';
import type { PanelParts } from '../../visitor-sdk/src/embedding/panel-parts.js';
import { CallController } from '../../visitor-sdk/src/panel/calling/call-controller.js';
import type { CallFacts, EngagementSession } from '../../visitor-sdk/src/panel/session/engagement-session.js';
import type { ConnectionState } from '../../visitor-sdk/src/panel/session/signal-connection.js';
import { SignalConnection } from '../../visitor-sdk/src/panel/session/signal-connection.js';
import { TabMemory } from '../../visitor-sdk/src/panel/session/tab-memory.js';
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
  desertedCall: signal(undefined),
  command: live.command.bind(live),
  set callFacts(next: CallFacts | undefined) {
    callFacts = next;
  },
};
const call = new CallController({
  session: signal(session as unknown as EngagementSession),
  ended: signal(undefined),
  parts: { call: async () => callPart } as unknown as PanelParts,
  memory: new TabMemory(undefined, 'site_0123456789'),
  language: 'en',
  screens: {
    rules: async () => undefined,
    root: document.createElement('div').attachShadow({ mode: 'open' }),
    hiddenWords: '',
  },
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
  // After a reload the call is offered here, and this visitor always wants it.
  if (call.phase.peek() === 'elsewhere') call.joinHere();
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
  say: (text) => untilTaken((lineId) => live.command('chat:send', { lineId, text })),
};
