/**
 * Carries out what an agent asks for, one act at a time, and answers each with "done" or one refusal of the closed
 * list. Pointing and drawing only show something, and wait for nobody.
 */

import type { IntentAnswer, IntentBody, IntentBodyOf, IntentRefusal } from '@alongside/protocol';
import { intentLimits, isShownOnly } from '@alongside/protocol';
import type { MarkBoard } from '../marks/mark-board.js';
import type { ActResult } from './act-result.js';
import type { AgentOverlay } from './agent-overlay.js';
import type { FrameActs } from './frame-acts.js';
import type { IncomingIntent, IntentGate } from './intent-gate.js';
import type { NavigationActs } from './navigation-acts.js';
import { scrollNode } from './page-action.js';
import type { PageActs } from './page-acts.js';
import type { PageGeometry } from './page-geometry.js';
import { pointIn } from './page-geometry.js';
import { placeInFrame } from './placed-in-frame.js';
import type { TargetCheck } from './target-check.js';
import type { TargetFingerprint } from './target-fingerprint.js';

export interface IntentRunnerDeps {
  readonly gate: IntentGate;
  readonly check: TargetCheck;
  readonly fingerprint: TargetFingerprint;
  readonly geometry: PageGeometry;
  readonly overlay: AgentOverlay;
  readonly marks: MarkBoard;
  readonly acts: PageActs;
  readonly navigation: NavigationActs;
  /** What happens in joined frames. */
  readonly frames: FrameActs;
  /** The page's node with this number, if it is still part of what is recorded. */
  nodeOf(id: number): Node | undefined;
  agentName(slot: number): string;
}

export class IntentRunner {
  readonly #deps: IntentRunnerDeps;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #stopped = false;

  constructor(deps: IntentRunnerDeps) {
    this.#deps = deps;
  }

  /** Never rejects. */
  async run(intent: IncomingIntent): Promise<IntentAnswer> {
    const opened = this.#deps.gate.open(intent);
    if (!opened.ok) return refused(opened.refusal, opened.ref);
    const { body } = opened;
    try {
      if (placeInFrame(body) !== undefined) return await this.#inFrame(intent, body);
      const result = await this.#dispatch(intent, body);
      if (typeof result === 'string') return refused(result, body.ref);
      return { outcome: 'done', ref: body.ref, ...result };
    } catch {
      // The page's own code may have thrown into the event; its message is the page's and goes nowhere.
      return refused('failed', body.ref);
    }
  }

  /** Whatever waits is not done any more. */
  stop(): void {
    this.#stopped = true;
    this.#deps.acts.stop();
  }

  #dispatch(
    intent: IncomingIntent,
    body: IntentBodyOf<IncomingIntent['intent']>,
  ): Promise<ActResult> | ActResult {
    const { acts, navigation } = this.#deps;
    this.#deps.frames.onPage(intent, body);
    const agent = { slot: intent.slot, stillLeased: () => this.#stillLeased(intent) };
    switch (body.kind) {
      case 'point':
        return this.#point(intent, body);
      case 'draw':
        return this.#draw(intent, body);
      case 'scroll':
        return this.#inTurn(() => acts.guarded(intent.slot, () => this.#scroll(intent, body)));
      case 'click':
        return this.#inTurn(() => acts.click(body, agent));
      case 'type':
        return this.#inTurn(() => ('key' in body ? acts.key(body, agent) : acts.type(body, agent)));
      case 'navigate':
        return this.#inTurn(() => navigation.open(body.path, agent));
      default:
        return body satisfies never;
    }
  }

  /** Pointing and drawing wait for nobody there either. */
  async #inFrame(intent: IncomingIntent, body: IntentBody): Promise<IntentAnswer> {
    const act = () => this.#deps.frames.run(intent, body);
    if (!isShownOnly(body.kind)) {
      const answer = await this.#inTurn(act);
      return typeof answer === 'string' ? refused(answer, body.ref) : answer;
    }
    if (body.kind === 'point') this.#deps.overlay.hidePointer(intent.slot);
    return act();
  }

  #point({ slot }: IncomingIntent, { at }: IntentBodyOf<'point'>): ActResult {
    const { check, geometry, overlay, fingerprint } = this.#deps;
    if (at === null) {
      overlay.hidePointer(slot);
      return {};
    }
    const element = this.#elementOf(at.id);
    if (element === undefined) return 'targetGone';
    if (check.refusalToShow(element) === 'ownPanel') return 'ownPanel';
    overlay.point(pointIn(geometry.boxOf(element), at.fx, at.fy), this.#who(slot));
    return { target: fingerprint.describe(element, at.id), slot };
  }

  #draw(intent: IncomingIntent, { mark }: IntentBodyOf<'draw'>): ActResult {
    const { slot } = intent;
    const { check, marks, frames } = this.#deps;
    const by = { slot, name: this.#deps.agentName(slot) };
    if (!('anchor' in mark)) {
      if (!frames.take(intent, mark)) marks.take(mark, by);
      return { slot };
    }
    const anchor = this.#elementOf(mark.anchor);
    if (anchor === undefined) return 'targetGone';
    if (check.refusalToShow(anchor) === 'ownPanel') return 'ownPanel';
    marks.put(mark, anchor, by);
    return { slot };
  }

  #scroll(intent: IncomingIntent, body: IntentBodyOf<'scroll'>): ActResult {
    const node = this.#deps.nodeOf(body.id);
    if (node === undefined || !node.isConnected) return 'targetGone';
    const element = node.nodeType === 1 ? (node as Element) : documentElementOf(node);
    if (element === null) return 'targetGone';
    const refusal = this.#deps.check.refusalToScroll(element);
    return refusal ?? this.#stillLeased(intent) ?? scrollNode(node, body) ?? {};
  }

  #stillLeased(intent: IncomingIntent): IntentRefusal | undefined {
    return this.#stopped ? 'leaseMissing' : this.#deps.gate.leaseRefusal(intent);
  }

  /** Acts follow one another; more than a few that wait are too many. */
  async #inTurn<T>(act: () => Promise<T> | T): Promise<T | 'tooFast'> {
    if (this.#waiting >= intentLimits.waiting) return 'tooFast';
    this.#waiting += 1;
    const before = this.#turn;
    const mine = before.then(act);
    this.#turn = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      this.#waiting -= 1;
    }
  }

  #who(slot: number): { readonly slot: number; readonly name: string } {
    return { slot, name: this.#deps.agentName(slot) };
  }

  #elementOf(id: number): Element | undefined {
    const node = this.#deps.nodeOf(id);
    return node?.nodeType === 1 && node.isConnected ? (node as Element) : undefined;
  }
}

function documentElementOf(node: Node): Element | null {
  return node.nodeType === 9 ? (node as Document).documentElement : null;
}

function refused(refusal: IntentRefusal, ref: number | undefined): IntentAnswer {
  return ref === undefined ? { outcome: 'refused', refusal } : { outcome: 'refused', refusal, ref };
}
