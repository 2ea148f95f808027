/** Every control of an engagement is on the screen exactly when the rule that the server asks lets it be used. */

import { engagementView, may } from '@alongside/engagement';
import type { EngagementView, Installation, Me } from '@alongside/protocol';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { aki, ben, engagements, sue } from '../../../packages/engagement/test/engagement-samples.js';
import { AppProvider } from '../app/app-context.js';
import { unreachable } from '../app/failure.js';
import { Desk } from '../live/desk.js';
import { messagesIn } from '../messages/catalogue.js';
import { Running } from '../queue/running.js';
import { Session } from '../session/session.js';
import { EngagementRoom } from './engagement-room.js';
import { OpenEngagement } from './engagement-screen.js';

const { t } = messagesIn('en');
const names = Object.keys(engagements) as (keyof typeof engagements)[];

/** Each control by its name on the screen, and by the command that it sends. */
const controls = [
  [t('engagement.end'), 'engagement:end'],
  [t('wrapUp.finish'), 'engagement:close'],
  [t('chat.send'), 'chat:send'],
  [t('player.ask'), 'view:ask'],
  [t('delivery.offer'), 'delivery:offer'],
  [t('control.ask'), 'control:ask'],
  [t('control.release'), 'control:end'],
  [t('call.askVoice'), 'call:start'],
  [t('call.askVideo'), 'call:start'],
  [t('call.acceptVoice'), 'call:answer'],
  [t('call.refuse'), 'call:answer'],
  [t('call.hangUp'), 'call:end'],
  [t('player.stop'), 'view:cancel'],
] as const;
/** Questions of one's own are withdrawn by buttons of the same name: they are told apart by where they stand. */
const withdrawals = ['view:cancel', 'control:cancel', 'call:cancel'] as const;

/** `screen` is of the first of these, which are all open. */
function shownOf(
  views: readonly EngagementView[],
  agentId = aki,
  screen: (desk: Desk, room: EngagementRoom | undefined) => ReactElement = (_desk, room) =>
    createElement(OpenEngagement, { room: room as EngagementRoom }),
): readonly string[] {
  const session = new Session();
  const me = { agentId, roles: ['supervisor'] } as unknown as Me;
  const desk = new Desk(session.api, me.agentId);
  const rooms = views.map(
    (view) =>
      new EngagementRoom(view, {
        live: desk.live,
        clock: desk.clock,
        me: desk.me,
        fetchLines: async () => unreachable,
      }),
  );
  desk.rooms.set(new Map(rooms.map((room, at) => [`${at}`, room])));
  const installation = { replayOrigin: 'https://replay.example' } as Installation;
  const services = { session, api: session.api, desk, me, installation };
  const shown = screen(desk, rooms[0]);
  const html = renderToStaticMarkup(createElement(AppProvider, { value: services }, shown));
  for (const room of rooms) room.close();
  return [...html.matchAll(/<button([^>]*)>(.*?)<\/button>/g)].map(([, attributes = '', inside = '']) => {
    const label = /aria-label="([^"]*)"/.exec(attributes)?.[1];
    return label ?? inside.replaceAll(/<[^>]*>/g, '');
  });
}

// The screens are those of a browser that holds calls; they are made while the tests are collected.
vi.stubGlobal('RTCPeerConnection', class {});

describe.each(names)('in the state "%s"', (name) => {
  const view = engagementView(engagements[name]);
  const shown = shownOf([view]);

  it.each(controls)('"%s" is there if %s may be sent', (label, command) => {
    // A question is withdrawn by a button that says so; only a view that is on is stopped.
    const isOther = command === 'view:cancel' && view.view.state !== 'on';
    expect(shown.includes(label)).toBe(may({ agentId: aki }, command, view) && !isOther);
  });

  it('there is one way to withdraw each question of one’s own', () => {
    const open = withdrawals.filter((command) => may({ agentId: aki }, command, view));
    const withdrawable = view.view.state === 'on' ? open.filter((each) => each !== 'view:cancel') : open;
    expect(shown.filter((label) => label.startsWith('Withdraw'))).toHaveLength(withdrawable.length);
  });
});

describe('a call that somebody else leads', () => {
  const view = engagementView(engagements.overheard);
  const [listen, whisper, speak] = (['listen', 'whisper', 'speak'] as const).map((mode) =>
    t(`attend.${mode}`, { name: 'Aki' }),
  );
  const ways = [listen, whisper, speak, t('attend.leave'), t('call.hangUp')];
  it.each([
    ['the lead', aki, [t('call.hangUp')]],
    ['an agent beside it', ben, [speak]],
    ['a supervisor who listens', sue, [whisper, speak, t('attend.leave')]],
  ] as const)('shows %s the ways into it and out of it that are theirs', (_who, agentId, expected) => {
    const shown = shownOf([view], agentId);
    expect(ways.filter((label) => shown.includes(label ?? ''))).toEqual(expected);
  });
});

describe('an agent who has a call in another engagement', () => {
  const [calling, active, asked] = (['calling', 'active', 'callAskedByVisitor'] as const).map((name) =>
    engagementView(engagements[name]),
  );
  if (calling === undefined || active === undefined || asked === undefined)
    throw new Error('There are samples.');

  it('is offered no other one, and declines what a visitor asks for', () => {
    const ways = [t('call.askVoice'), t('call.acceptVoice'), t('call.refuse')];
    const of = (shown: readonly string[]) => ways.filter((label) => shown.includes(label));
    expect([of(shownOf([active])), of(shownOf([active, calling]))]).toEqual([[t('call.askVoice')], []]);
    expect(of(shownOf([asked]))).toEqual([t('call.acceptVoice'), t('call.refuse')]);
    expect(of(shownOf([asked, calling]))).toEqual([t('call.refuse')]);
  });

  it('listens to what colleagues lead, and neither whispers nor speaks there', () => {
    const names = { name: 'Ben', who: t('visitor.unnamed') };
    const ways = (['listen', 'whisper', 'speak'] as const).map((mode) => t(`attend.${mode}Named`, names));
    const running = (desk: Desk): ReactElement => {
      const { engagementId, siteName, requestedAt } = active;
      const agents = [{ agentId: ben, displayName: 'Ben' }];
      const entry = { engagementId, siteName, requestedAt, language: 'en', agents, calling: true } as const;
      desk.view.set({ queue: [], running: [entry], agents: [] });
      return createElement(Running);
    };
    const of = (shown: readonly string[]) => ways.filter((label) => shown.includes(label));
    expect(of(shownOf([], aki, running))).toEqual(ways);
    expect(of(shownOf([calling], aki, running))).toEqual(ways.slice(0, 1));
  });
});
