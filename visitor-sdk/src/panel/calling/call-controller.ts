/** The visitor's part in a call: in one tab at a time, back by itself when it was lost, never in the way of chat. */

import { JoinedAhead, MediaWatch } from '@alongside/engagement';
import type {
  AgentId,
  AskId,
  CallAvailability,
  CallMedia,
  Language,
  RefusalCode,
  ShownSize,
} from '@alongside/protocol';
import type { ReadonlySignal } from '@preact/signals';
import { computed, effect, signal } from '@preact/signals';
import type { CallDeps } from '../../call/call-deps.js';
import type { CallRoom } from '../../call/call-part.js';
import { unattended } from '../../embedding/page-guard.js';
import type { PanelParts } from '../../embedding/panel-parts.js';
import { askedIn } from '../messages/words-version.js';
import { backOffMs } from '../session/back-off.js';
import type { EngagementSession } from '../session/engagement-session.js';
import type { TabMemory } from '../session/tab-memory.js';
import { CallHealth } from './call-health.js';
import { GivenMedia } from './given-media.js';
import { HeardTracks } from './heard-tracks.js';
import { type CallFailure, isElsewhere, isGivenUp } from './join-tries.js';
import { SealedCall } from './sealed-call.js';
import type { SharedScreenDeps } from './shared-screen.js';
import { SharedScreen } from './shared-screen.js';

export interface CallControllerDeps {
  readonly session: ReadonlySignal<EngagementSession | undefined>;
  readonly ended: ReadonlySignal<unknown>;
  readonly parts: PanelParts;
  readonly memory: TabMemory;
  readonly language: Language;
  readonly screens: Pick<SharedScreenDeps, 'rules' | 'root' | 'hiddenWords'>;
}

export type CallPhase = 'off' | 'joining' | 'on' | 'lost' | 'elsewhere' | 'failed';

export class CallController {
  readonly phase = signal<CallPhase>('off');
  readonly failure = signal<CallFailure>('internal');
  readonly given = new GivenMedia({
    room: () => this.#room,
    turn: () => this.#turn,
    isCalled: () => (this.#session()?.engagement.peek()?.call.state ?? 'off') !== 'off',
    consent: async (body) => this.#session()?.command('call:consent', { ...body, words: this.#words }),
    keep: (open) => this.#deps.memory.set('given', open.join(' ')),
  });
  readonly own = this.given.own;
  readonly screen: SharedScreen;
  readonly health = new CallHealth();
  readonly sealed: SealedCall;
  readonly heard = new HeardTracks(
    computed(() => this.#deps.session.value?.engagement.value?.agent?.agentId),
  );
  readonly #deps: CallControllerDeps;
  readonly #joined = new JoinedAhead();
  readonly #way = new MediaWatch({
    after: (ms, act) => clearTimeout.bind(undefined, setTimeout(act, ms)),
    onWay: (way) => {
      if (way === 'through') this.#failures = 0;
      if (way === 'through') this.phase.value = 'on';
      else if (way === 'interrupted') this.phase.value = 'lost';
      else if (this.phase.peek() === 'on') this.phase.value = 'joining';
    },
    onNever: () => this.#failed(this.#turn, 'mediaUnreachable'),
  });
  #room: CallRoom | undefined;
  /** Rises with every join and leave, so that what was under way for an older one is dropped. */
  #turn = 0;
  #failures = 0;
  #hungUp: string | undefined;
  #wasAway = false;
  #taken: string | undefined;
  /** As the service told of them last. */
  #calls: CallAvailability | undefined;
  #shown: ShownSize = 'hidden';
  #lead: AgentId | undefined;

  constructor(deps: CallControllerDeps) {
    this.#deps = deps;
    const { parts, screens } = deps;
    this.sealed = new SealedCall(parts);
    this.screen = new SharedScreen({
      ...{ ...screens, parts, room: () => this.#room },
      consent: async (body) => this.#session()?.command('call:consent', { ...body, words: this.#words }),
    });
    effect(() => this.#follow());
  }

  get #words() {
    return askedIn(this.#deps.language);
  }

  async start(media: CallMedia): Promise<RefusalCode | undefined> {
    this.given.want({ microphone: true, camera: media === 'video' });
    const asked = this.#session()?.command('call:start', { media, words: this.#words });
    this.#joinAhead();
    const reply = await asked;
    if (reply?.ok !== true) return reply?.refusal.code ?? 'internal';
    this.#mark('asked');
    this.given.keepTried();
    return undefined;
  }

  async answer(askId: AskId, accept: boolean, media: CallMedia): Promise<RefusalCode | undefined> {
    this.given.want({ microphone: true, camera: accept && media === 'video' });
    // The call may be on before the answer to this command comes.
    if (accept) this.#mark('asked');
    const answered = this.#session()?.command('call:answer', { askId, accept, media, words: this.#words });
    if (accept) this.#joinAhead();
    const reply = await answered;
    if (reply?.ok === true) {
      if (accept) this.given.keepTried();
      else this.given.endTry();
      return undefined;
    }
    this.#mark(undefined);
    return reply?.refusal.code ?? 'internal';
  }

  cancel(): void {
    this.#mark(undefined);
    unattended(Promise.resolve(this.#session()?.command('call:cancel', {})));
  }

  hangUp(): void {
    const call = this.#session()?.engagement.peek()?.call;
    if (call?.state === 'on') this.#hungUp = call.callId;
    this.#mark(undefined);
    this.leave();
    this.#tellHungUp();
  }

  /** Takes the call over from another tab, or from the page before. */
  joinHere(): void {
    const call = this.#session()?.engagement.peek()?.call;
    if (call?.state !== 'on') return;
    // Whether they had muted there nobody knows here.
    this.given.goOn({ microphone: call.visitorVoice, camera: call.visitorVideo }, ['camera']);
    this.#mark(call.callId);
    this.#taken = call.callId;
    this.retry();
  }

  /** After it was given up. */
  retry(): void {
    this.#failures = 0;
    this.#join('joining');
  }

  /** Leaves the media at once; the call itself ends by a command or with the engagement. */
  leave(): void {
    this.#turn += 1;
    this.#dropRoom();
    this.sealed.keys.end();
    this.given.letGo();
    this.screen.drop();
    this.phase.value = 'off';
  }

  /** How large the agent's picture is shown. */
  showsAgent(shown: ShownSize): void {
    this.#shown = shown;
    this.#room?.show(shown);
  }

  #session(): EngagementSession | undefined {
    return this.#deps.session.peek();
  }

  /** Right behind this page's own yes, on the same socket. */
  #joinAhead(): void {
    const asked = this.#session()?.command('call:join', { ahead: true });
    if (asked === undefined) return;
    this.#joined.begin(asked, async (session) => (await this.#deps.parts.call()).deviceFor(session));
  }

  #tellHungUp(): void {
    unattended(Promise.resolve(this.#session()?.command('call:end', {})));
  }

  #mark(value: string | undefined): void {
    this.#deps.memory.set('call', value);
    if (value === undefined) this.#deps.memory.set('given', undefined);
  }

  #follow(): void {
    const session = this.#deps.session.value;
    const engagement = session?.engagement.value;
    const online = session?.connection.value === 'online';
    const lead = engagement?.agent?.agentId;
    // The picture that is shown large is somebody else's now.
    if (lead !== this.#lead) this.#room?.show(this.#shown);
    this.#lead = lead;
    const call = this.#deps.ended.value === undefined ? engagement?.call : undefined;
    if (call?.state !== 'on') {
      if (this.phase.peek() !== 'off') this.leave();
      if (call?.state === 'off') this.#forgetMark();
      // What a call takes is large: it is read and warmed up while the visitor thinks the question over.
      if (call?.state === 'asked') unattended(this.#deps.parts.call().then((part) => part.warmUp()));
      // The question is no longer open, or was answered with no: what was opened for it is let go.
      if (call?.state !== 'asked' && !this.given.trying.peek()) this.given.letGo();
      return;
    }
    this.screen.follow(call.visitorScreen);
    this.given.follow({ microphone: call.visitorVoice, camera: call.visitorVideo });
    // A page that crashed, or is told that it is out of the call too late, says nothing itself.
    const others = call.present?.map(({ agentId }) => agentId) ?? [];
    if (lead !== undefined) this.sealed.keys.keepAgents(new Set([lead, ...others]));
    const calls = session?.calls.value;
    const isNews = calls !== this.#calls && calls?.state === 'ready';
    this.#calls = calls;
    if (!online) {
      this.#wasAway = true;
      return;
    }
    if (call.callId === this.#hungUp) {
      // Pressed while the connection was away: the server is told now.
      this.#tellHungUp();
      return;
    }
    this.#comeBack(isNews, call.visitorVideo);
    if (this.phase.peek() !== 'off') return;
    const mark = this.#deps.memory.get('call');
    if (mark === 'asked') {
      this.#mark(call.callId);
      this.#join('joining');
    } else if (mark === call.callId) {
      const open = this.#deps.memory.get('given')?.split(' ') ?? [];
      this.given.goOn({ microphone: call.visitorVoice, camera: call.visitorVideo }, open);
      this.#join('joining');
    } else {
      this.phase.value = 'elsewhere';
    }
  }

  /** After the connection was away, or calls were, or the ways to them: what could not be mended without is mended now. */
  #comeBack(isNews: boolean, isCameraAgreed: boolean): void {
    const wasAway = this.#wasAway;
    this.#wasAway = false;
    const phase = this.phase.peek();
    if (this.#room !== undefined && (wasAway || isNews)) {
      this.#room.mend(!wasAway);
      if (wasAway) {
        this.sealed.keys.mend();
        this.given.mend(isCameraAgreed);
      }
      return;
    }
    const isUp = isNews && (phase === 'lost' || this.failure.peek() === 'callsUnavailable');
    if (!(wasAway || isUp) || (phase !== 'lost' && phase !== 'failed')) return;
    this.#failures = 0;
    this.#join('lost');
  }

  #forgetMark(): void {
    // While this tab's own question is open the call is not on yet.
    if (this.#deps.memory.get('call') !== undefined && this.phase.peek() === 'off') this.#mark(undefined);
  }

  #join(phase: CallPhase): void {
    this.phase.value = phase;
    this.#turn += 1;
    this.#dropRoom();
    const turn = this.#turn;
    this.#enter(turn).catch(() => this.#failed(turn, 'internal'));
  }

  async #enter(turn: number): Promise<void> {
    const session = this.#session();
    if (session === undefined) return;
    const part = await this.#deps.parts.call();
    if (turn !== this.#turn) return;
    // What is produced while joining is heard of, and kept until there is a room.
    const early: Parameters<CallRoom['receive']>[0][] = [];
    session.callFacts = {
      produced: (producer) =>
        this.#room === undefined ? early.push(producer) : this.#room.receive(producer),
      changed: (producer) => this.#room?.update(producer),
      closed: (producerId) => this.#room?.remove(producerId),
      lost: () => this.#lost(),
      keysPassed: (step, agentId) => this.sealed.keys.take(step, agentId),
    };
    const call = session.engagement.peek()?.call;
    const callId = call?.state === 'on' ? call.callId : '';
    const ahead = this.#joined.take(callId);
    const deps: CallDeps = {
      command: (name, body) => session.command(name, body),
      onTrack: (producer, track) => this.heard.came(producer, track),
      onChanged: (producer) => this.heard.changed(producer),
      onGone: (producerId) => this.heard.went(producerId),
      isLeads: (producer) => this.heard.isLeads(producer),
      onWay: () => {
        if (turn === this.#turn && this.#room !== undefined) this.#way.look();
      },
      onBroken: () => this.#failed(turn, 'mediaUnreachable'),
      allowsOpen: (callId) => turn === this.#turn && this.sealed.allowsOpen(session, callId),
      seal: (callId) => this.sealed.join(session, callId),
    };
    const joined = await part.joinCall(deps, ahead, callId === this.#taken);
    if (turn !== this.#turn) {
      if (joined.ok) joined.room.leave();
      return;
    }
    if (!joined.ok) return this.#failed(turn, joined.code);
    this.#room = joined.room;
    this.#taken = undefined;
    session.desertedCall.value = undefined;
    for (const producer of early) joined.room.receive(producer);
    this.#way.begin(() => joined.room.way());
    if (this.#shown !== 'large') joined.room.show(this.#shown);
    this.health.begin({
      ...{ room: joined.room, heard: this.heard, isShown: () => this.#shown !== 'hidden' },
      report: (figures) => session.command('call:report', { figures }),
    });
    const now = session.engagement.peek()?.call;
    const agreed = now?.state === 'on' ? now.visitorScreen : undefined;
    await Promise.all([this.given.begin(), this.screen.comeBack(agreed)]);
    if (turn === this.#turn) this.#way.look();
  }

  #failed(turn: number, code: CallFailure): void {
    if (turn !== this.#turn) return;
    // Where calls are paused the service says when they are not; asking again and again would bring nothing.
    const isPaused = code === 'callsUnavailable' && this.#session()?.calls.peek().state === 'paused';
    if (isPaused || isGivenUp(code, this.#failures)) {
      if (isElsewhere(code)) {
        this.leave();
        this.#mark(undefined);
        this.phase.value = 'elsewhere';
        return;
      }
      this.#turn += 1;
      this.#dropRoom();
      this.given.rest();
      this.failure.value = code;
      this.phase.value = 'failed';
      return;
    }
    // What broke off is joined again at once.
    const isFirst = code === 'mediaUnreachable' && this.#failures === 0;
    this.#lost(isFirst ? 0 : backOffMs(this.#failures, Math.random));
    this.#failures += 1;
  }

  /** The media worker died, or the way to it: both sides join again by themselves. */
  #lost(delayMs = 0): void {
    this.#turn += 1;
    this.#dropRoom();
    // What never was on is not interrupted.
    const phase = this.phase.peek() === 'joining' ? 'joining' : 'lost';
    this.phase.value = phase;
    const turn = this.#turn;
    setTimeout(() => {
      if (turn !== this.#turn) return;
      // Without a connection it waits for one.
      if (this.#wasAway) this.phase.value = 'lost';
      else this.#join(phase);
    }, delayMs);
  }

  #dropRoom(): void {
    const session = this.#session();
    if (session !== undefined) session.callFacts = undefined;
    const room = this.#room;
    this.#room = undefined;
    room?.leave();
    this.#way.end();
    this.given.forgetRoom();
    this.health.end();
    this.heard.clear();
  }
}
