/** One engagement for every state that the rules tell apart, and one happening for every way of happening. */

import type { AgentId, AskId, EngagementId, SiteId, TenantId } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ActiveEngagement, Engagement, Happening } from '../src/index.js';

export const start = 1_000_000;
export const aki = '11111111-1111-4111-8111-111111111111' as AgentId;
export const noor = '22222222-2222-4222-8222-222222222222' as AgentId;
export const viewAsk = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' as AskId;
export const controlAsk = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb' as AskId;
export const callAsk = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc' as AskId;
export const otherAsk = 'dddddddd-dddd-4ddd-8ddd-dddddddddddd' as AskId;

const common = {
  engagementId: '33333333-3333-4333-8333-333333333333' as EngagementId,
  tenantId: '44444444-4444-4444-8444-444444444444' as TenantId,
  siteId: '55555555-5555-4555-8555-555555555555' as SiteId,
  siteName: 'Shop',
  version: 10,
  ledgerVersion: 3,
  requestedAt: start - 1000,
  language: 'en',
  visitor: { connected: true },
  lastChatNumber: 4,
  lastLease: 0,
} as const;

const off = { state: 'off' } as const;
const away = { connected: false, since: start } as const;
export const ben = '77777777-7777-4777-8777-777777777777' as AgentId;
export const sue = '88888888-8888-4888-8888-888888888888' as AgentId;
const here = { connected: true } as const;
const seat = { presence: here, since: start - 900, noticed: true, supervises: false } as const;
const agent = { ...seat, agentId: aki, displayName: 'Aki', place: 1 } as const;
const joinedBen = { ...seat, agentId: ben, displayName: 'Ben', place: 2 } as const;
const joinedSue = { ...seat, agentId: sue, displayName: 'Sue', place: 3, supervises: true } as const;
const expiresAt = start + 60_000;

const active = (more: Partial<ActiveEngagement> = {}): ActiveEngagement => ({
  ...common,
  phase: 'active',
  agent,
  joined: [],
  hiddenFrom: [],
  lastPlace: 1,
  view: off,
  control: { leases: [] },
  call: off,
  ...more,
});

const view = { state: 'on', entry: 3, since: start, expiresAt: start + limits.viewMs } as const;
const lease = { lease: 1, agentId: aki, kinds: ['click', 'type'], expiresAt } as const;
const leased = { leases: [lease] } as const;
const called = { state: 'on', callId: 'call', since: start, visitorVoice: true } as const;
const asked = { askId: controlAsk, agentId: aki, kinds: ['click'], leaseMs: 30_000, expiresAt } as const;
const controlAsked = { asked, leases: [] } as const;

export const engagements = {
  waiting: { ...common, phase: 'waiting' },
  waitingAlone: { ...common, phase: 'waiting', visitor: away },
  offered: { ...common, phase: 'offered', offer: { agentId: aki, expiresAt: start + 20_000 } },
  active: active(),
  visitorAway: active({ visitor: away, view, call: { ...called, visitorVideo: false } }),
  agentAway: active({ agent: { ...agent, presence: away }, view, control: controlAsked }),
  viewAsked: active({ view: { state: 'asked', askId: viewAsk, agentId: aki, kinds: [], expiresAt } }),
  viewAskedWithMore: active({
    view: { state: 'asked', askId: viewAsk, agentId: aki, kinds: ['point', 'draw'], expiresAt },
  }),
  viewed: active({ view }),
  controlAsked: active({ view, control: controlAsked }),
  leased: active({ view, control: leased, lastLease: 1 }),
  leasedTwice: active({
    view,
    control: {
      asked,
      leases: [lease, { lease: 2, agentId: aki, kinds: ['point'], expiresAt: view.expiresAt }],
    },
    lastLease: 2,
  }),
  callAskedByAgent: active({
    call: { state: 'asked', askId: callAsk, by: 'agent', media: 'video', expiresAt },
  }),
  callAskedByVisitor: active({
    call: { state: 'asked', askId: callAsk, by: 'visitor', media: 'voice', expiresAt },
  }),
  calling: active({ call: { ...called, visitorVideo: false } }),
  everything: active({ view, control: leased, lastLease: 1, call: { ...called, visitorVideo: true } }),
  /** Ben and the supervisor Sue take part; Ben holds a lease beside Aki's, and a question is Ben's. */
  shared: active({
    ...{ joined: [joinedBen, joinedSue], lastPlace: 3, view, lastLease: 2 },
    control: {
      asked: { ...asked, agentId: ben },
      leases: [lease, { lease: 2, agentId: ben, kinds: ['point'], expiresAt: view.expiresAt }],
    },
  }),
  /** Ben asks for the page; Sue has not been told of yet, and the page is hidden from Aki. */
  sharedAsked: active({
    ...{ joined: [joinedBen, { ...joinedSue, noticed: false }], lastPlace: 3, hiddenFrom: [aki] },
    view: { state: 'asked', askId: viewAsk, agentId: ben, kinds: [], expiresAt },
  }),
  /** The lead is away while Ben is here. */
  leadAway: active({
    ...{ agent: { ...agent, presence: away }, joined: [joinedBen], lastPlace: 2, view },
    call: { ...called, visitorVideo: false },
  }),
  /** The supervisor Sue listens to Aki's call, which the visitor has not been shown yet. */
  overheard: active({
    ...{ joined: [joinedBen, joinedSue], lastPlace: 3 },
    call: {
      ...{ ...called, visitorVideo: false },
      present: [{ presenceId: 'listens', agentId: sue, mode: 'listen', since: start, noticed: false }],
    },
  }),
  /** The lead of a call is Ben's once he is in it. */
  handing: active({
    ...{ joined: [joinedBen], lastPlace: 2 },
    call: { ...called, visitorVideo: false, heir: { agentId: ben, by: aki, expiresAt } },
  }),
  wrapUp: { ...common, phase: 'wrapUp', agent, ended: { by: 'visitor', reason: 'visitorEnded', at: start } },
  wrapUpAlone: { ...common, phase: 'wrapUp', agent: { ...agent, presence: away } },
  closed: { ...common, phase: 'closed' },
} as const satisfies Record<string, Engagement>;
export type EngagementName = keyof typeof engagements;

export const happenings = {
  offer: { type: 'offer', agentId: aki, expiresAt: start + 20_000 },
  declineOffer: { type: 'declineOffer', agentId: aki },
  declineOfferOfOther: { type: 'declineOffer', agentId: noor },
  expireOffer: { type: 'expireOffer' },
  accept: { type: 'accept', agentId: aki, displayName: 'Aki' },
  acceptByOther: { type: 'accept', agentId: noor, displayName: 'Noor' },
  lineCommitted: { type: 'lineCommitted', number: 5, ledgerVersion: 4 },
  oldLineCommitted: { type: 'lineCommitted', number: 2, ledgerVersion: 2 },
  visitorLeft: { type: 'visitorLeft' },
  visitorReturned: { type: 'visitorReturned' },
  agentLeft: { type: 'agentLeft', agentId: aki },
  agentReturned: { type: 'agentReturned', agentId: aki },
  joinNoor: { type: 'join', agentId: noor, displayName: 'Noor', role: 'agent' },
  joinBen: { type: 'join', agentId: ben, displayName: 'Ben', role: 'agent' },
  leadLeaves: { type: 'leave', agentId: aki, reason: 'left' },
  benLeaves: { type: 'leave', agentId: ben, reason: 'left' },
  passToBen: { type: 'passLead', agentId: ben, by: aki },
  passToLead: { type: 'passLead', agentId: aki, by: aki },
  expireHeir: { type: 'expireHeir' },
  benDeclines: { type: 'keepLead', agentId: ben },
  takeLeadBack: { type: 'keepLead', agentId: aki },
  keepLeadOfOthers: { type: 'keepLead', agentId: noor },
  noticeSue: { type: 'noticeAgent', agentId: sue },
  hideFromBen: { type: 'hideFrom', agentId: ben },
  hideFromLead: { type: 'hideFrom', agentId: aki },
  showToLead: { type: 'showTo', agentId: aki },
  awayTooLong: { type: 'awayTooLong' },
  endLeasesAway: { type: 'endLeasesAway' },
  askView: { type: 'askView', askId: viewAsk, agentId: aki, kinds: ['point', 'draw', 'point'] },
  grantView: { type: 'grantView', askId: viewAsk, lease: 1 },
  grantOtherView: { type: 'grantView', askId: otherAsk, lease: 1 },
  grantViewUsedLease: { type: 'grantView', askId: viewAsk, lease: 0 },
  expireView: { type: 'expireView' },
  refuseView: { type: 'refuseView', askId: viewAsk },
  refuseOtherView: { type: 'refuseView', askId: otherAsk },
  cancelView: { type: 'cancelView', agentId: aki },
  stopView: { type: 'stopView' },
  stopViewRecorded: { type: 'stopView', recorded: true },
  askControl: {
    type: 'askControl',
    askId: controlAsk,
    agentId: aki,
    kinds: ['click', 'click'],
    leaseMs: 30_000,
  },
  grantControl: { type: 'grantControl', askId: controlAsk, lease: 1 },
  grantOtherControl: { type: 'grantControl', askId: otherAsk, lease: 1 },
  grantUsedLease: { type: 'grantControl', askId: controlAsk, lease: 0 },
  refuseControl: { type: 'refuseControl', askId: controlAsk },
  refuseOtherControl: { type: 'refuseControl', askId: otherAsk },
  cancelControl: { type: 'cancelControl', agentId: aki },
  endControlByVisitor: { type: 'endControl', by: 'visitor' },
  endControlByAgent: { type: 'endControl', by: 'agent', agentId: aki },
  endOneLease: { type: 'endControl', by: 'visitor', lease: 1 },
  endOtherLease: { type: 'endControl', by: 'visitor', lease: 9 },
  expireLease: { type: 'expireLease', lease: 1 },
  expireOtherLease: { type: 'expireLease', lease: 9 },
  startCallByAgent: { type: 'startCall', askId: callAsk, by: 'agent', media: 'voice' },
  startCallByVisitor: { type: 'startCall', askId: callAsk, by: 'visitor', media: 'video' },
  acceptCallByVisitor: { type: 'acceptCall', askId: callAsk, by: 'visitor', media: 'voice', callId: 'call' },
  acceptCallByAgent: { type: 'acceptCall', askId: callAsk, by: 'agent', media: 'video', callId: 'call' },
  acceptOtherCall: { type: 'acceptCall', askId: otherAsk, by: 'visitor', media: 'voice', callId: 'call' },
  refuseCallByVisitor: { type: 'refuseCall', askId: callAsk, by: 'visitor' },
  refuseCallByAgent: { type: 'refuseCall', askId: callAsk, by: 'agent' },
  cancelCallByVisitor: { type: 'cancelCall', by: 'visitor' },
  cancelCallByAgent: { type: 'cancelCall', by: 'agent' },
  grantCamera: { type: 'grantSource', source: 'camera' },
  grantMicrophone: { type: 'grantSource', source: 'microphone' },
  withdrawMicrophone: { type: 'withdrawSource', source: 'microphone' },
  withdrawCamera: { type: 'withdrawSource', source: 'camera' },
  endCall: { type: 'endCall', by: 'agent' },
  sueListens: { type: 'attendCall', presenceId: 'listens-now', agentId: sue, mode: 'listen' },
  benListens: { type: 'attendCall', presenceId: 'overhears', agentId: ben, mode: 'listen' },
  noticeListening: { type: 'noticeCall', presenceId: 'listens' },
  removeListener: { type: 'removeExpert', presenceId: 'listens', by: 'visitor' },
  sueLeavesCall: { type: 'leaveCall', agentId: sue },
  expireAsk: { type: 'expireAsk', askId: viewAsk },
  stopSharing: { type: 'stopSharing', by: 'visitor' },
  end: { type: 'end', by: 'visitor', reason: 'visitorEnded' },
  endRecorded: { type: 'end', by: 'system', reason: 'erased', recorded: true },
  close: { type: 'close' },
  dispute: { type: 'dispute' },
  closeRecorded: { type: 'close', recorded: true },
} as const satisfies Record<string, Happening>;
export type HappeningName = keyof typeof happenings;
