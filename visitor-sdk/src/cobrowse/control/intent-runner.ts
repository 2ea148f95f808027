/**
 * Carries out what an agent asks for, one act at a time: checked when it comes, shown to the visitor, checked
 * again, and only then done. Every answer is "done" or one refusal of the closed list.
 */

import type { IntentAnswer, IntentBodyOf, IntentRefusal, IntentTarget } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import type { PristineDom } from '../masking/pristine-dom.js';
import type { AgentOverlay } from './agent-overlay.js';
import type { ConfirmRequest } from './confirmation.js';
import { confirmationFor } from './confirmation.js';
import type { IncomingIntent, IntentGate } from './intent-gate.js';
import type { NavigationCheck } from './navigation-check.js';
import { addressOf, clickAt, scrollNode } from './page-action.js';
import type { PageGeometry, PagePoint } from './page-geometry.js';
import type { PaymentGuard } from './payment-guard.js';
import type { TargetCheck } from './target-check.js';
import type { TargetFingerprint } from './target-fingerprint.js';
import { refusalToType, typeInto } from './typable-field.js';

export interface IntentRunnerDeps {
  readonly window: Window & typeof globalThis;
  readonly dom: PristineDom;
  readonly gate: IntentGate;
  readonly check: TargetCheck;
  readonly payments: PaymentGuard;
  readonly navigation: NavigationCheck;
  readonly fingerprint: TargetFingerprint;
  readonly geometry: PageGeometry;
  readonly overlay: AgentOverlay;
  /** The page's node with this number, if it is still part of what is recorded. */
  nodeOf(id: number): Node | undefined;
  agentName(slot: number): string;
  /** Asks the visitor; answers false when they do not want it or do not answer. */
  confirm(request: ConfirmRequest & { readonly slot: number }): Promise<boolean>;
}

type Result = { readonly target?: IntentTarget } | IntentRefusal;

interface Act {
  readonly kind: 'click' | 'type';
  readonly element: Element;
  readonly target: IntentTarget;
  readonly fx: number;
  readonly fy: number;
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
  }

  #dispatch(intent: IncomingIntent, body: IntentBodyOf<IncomingIntent['intent']>): Promise<Result> | Result {
    switch (body.kind) {
      case 'point':
        return this.#point(intent, body);
      case 'draw':
        return this.#draw(intent, body);
      case 'scroll':
        return this.#inTurn(() => this.#scroll(intent, body));
      case 'click':
        return this.#inTurn(() => this.#click(intent, body));
      case 'type':
        return this.#inTurn(() => this.#type(intent, body));
      case 'navigate':
        return this.#inTurn(() => this.#navigate(intent, body));
      default:
        return body satisfies never;
    }
  }

  #point(intent: IncomingIntent, { at }: IntentBodyOf<'point'>): Result {
    const { check, geometry, overlay, fingerprint } = this.#deps;
    if (at === null) {
      overlay.hidePointer();
      return {};
    }
    const element = this.#elementOf(at.id);
    if (element === undefined) return 'targetGone';
    const refusal = check.refusalToShow(element);
    if (refusal === 'ownPanel') return refusal;
    overlay.point(pointIn(geometry.boxOf(element), at.fx, at.fy), this.#deps.agentName(intent.slot));
    return { target: fingerprint.describe(element, at.id) };
  }

  #draw(intent: IncomingIntent, body: IntentBodyOf<'draw'>): Result {
    const { check, geometry, overlay } = this.#deps;
    const anchor = this.#elementOf(body.anchor);
    if (anchor === undefined) return 'targetGone';
    if (check.refusalToShow(anchor) === 'ownPanel') return 'ownPanel';
    overlay.draw(`${intent.slot} ${body.stroke}`, anchor, body.points);
    const last = body.points.at(-1);
    if (last !== undefined) {
      const box = geometry.boxOf(anchor);
      const [fx, fy] = last;
      overlay.point(pointIn(box, fx, fy), this.#deps.agentName(intent.slot));
    }
    return {};
  }

  #scroll(intent: IncomingIntent, body: IntentBodyOf<'scroll'>): Result {
    const node = this.#deps.nodeOf(body.id);
    if (node === undefined || !node.isConnected) return 'targetGone';
    const element = node.nodeType === 1 ? (node as Element) : documentElementOf(node);
    if (element === null) return 'targetGone';
    const refusal = this.#deps.check.refusalToScroll(element);
    return refusal ?? this.#stillLeased(intent) ?? scrollNode(node, body) ?? {};
  }

  async #click(intent: IncomingIntent, body: IntentBodyOf<'click'>): Promise<Result> {
    const element = this.#elementOf(body.target.id);
    if (element === undefined) return 'targetGone';
    const act: Act = { kind: 'click', element, target: body.target, fx: body.fx, fy: body.fy };
    const refusal =
      this.#refusal(intent, act) ?? (await this.#announce(intent, act)) ?? (await this.#ask(intent, act));
    if (refusal !== undefined) return refusal;
    const point = this.#pointOf(act);
    const hit = this.#hitOf(act);
    clickAt(hit, this.#deps.geometry.inViewportOf(hit, point));
    return {};
  }

  async #type(intent: IncomingIntent, body: IntentBodyOf<'type'>): Promise<Result> {
    const element = this.#elementOf(body.target.id);
    if (element === undefined) return 'targetGone';
    const act: Act = { kind: 'type', element, target: body.target, fx: 0.5, fy: 0.5 };
    const check = () => this.#refusal(intent, act) ?? refusalToType(element);
    const refusal = check() ?? (await this.#announce(intent, act)) ?? check();
    return refusal ?? typeInto(element, body.text) ?? {};
  }

  async #navigate(intent: IncomingIntent, body: IntentBodyOf<'navigate'>): Promise<Result> {
    const { window, overlay } = this.#deps;
    const address = addressOf(body.path, window.location);
    if (address === undefined) return 'otherOrigin';
    const kept = this.#refusalToOpen(intent, address);
    if (kept !== undefined) return kept;
    const top = { x: window.innerWidth / 2, y: 16 };
    overlay.point(top, this.#deps.agentName(intent.slot));
    await this.#wait(intentLimits.cueMs);
    const refusal = this.#refusalToOpen(intent, address) ?? (await this.#askToOpen(intent, address));
    if (refusal !== undefined) return refusal;
    window.location.assign(address);
    return {};
  }

  #refusalToOpen(intent: IncomingIntent, address: string): IntentRefusal | undefined {
    return this.#stillLeased(intent) ?? this.#deps.navigation.refusalFor(address);
  }

  /** The visitor decides on a path that no link leads to which the agent could press. */
  async #askToOpen(intent: IncomingIntent, address: string): Promise<IntentRefusal | undefined> {
    const request = this.#deps.navigation.confirmationFor(address);
    if (request === undefined) return undefined;
    if (!(await this.#isConfirmed(intent, request))) return 'notConfirmed';
    return this.#refusalToOpen(intent, address);
  }

  /** Everything that is asked of a target, at the time it comes and again right before the act. */
  #refusal(intent: IncomingIntent, act: Act): IntentRefusal | undefined {
    const { check, fingerprint } = this.#deps;
    const lost = this.#stillLeased(intent);
    if (lost !== undefined) return lost;
    if (!act.element.isConnected) return 'targetGone';
    const refusal = check.refusalAt(act.element, this.#pointOf(act));
    if (refusal !== undefined) return refusal;
    if (act.kind === 'click' && this.#deps.payments.isPayment(this.#hitOf(act))) return 'payment';
    return fingerprint.matches(act.element, act.target) ? undefined : 'targetChanged';
  }

  /** Shows the visitor where it will happen, before it does. */
  async #announce(intent: IncomingIntent, act: Act): Promise<IntentRefusal | undefined> {
    const { overlay, geometry } = this.#deps;
    overlay.point(this.#pointOf(act), this.#deps.agentName(intent.slot));
    overlay.cue(geometry.boxOf(act.element));
    await this.#wait(intentLimits.cueMs);
    overlay.endCue();
    return this.#refusal(intent, act);
  }

  /** The visitor decides on what sends, orders, deletes or leads away; the page may change while they think. */
  async #ask(intent: IncomingIntent, act: Act): Promise<IntentRefusal | undefined> {
    const request = confirmationFor(this.#deps.dom, this.#hitOf(act));
    if (request === undefined) return undefined;
    if (!(await this.#isConfirmed(intent, request))) return 'notConfirmed';
    const refusal = this.#refusal(intent, act);
    if (refusal !== undefined) return refusal;
    const now = confirmationFor(this.#deps.dom, this.#hitOf(act));
    return now?.label === request.label && now.reason === request.reason ? undefined : 'targetChanged';
  }

  #isConfirmed(intent: IncomingIntent, request: ConfirmRequest): Promise<boolean> {
    const unanswered = this.#wait(intentLimits.confirmMs).then(() => false);
    return Promise.race([this.#deps.confirm({ ...request, slot: intent.slot }), unanswered]);
  }

  #stillLeased(intent: IncomingIntent): IntentRefusal | undefined {
    return this.#stopped ? 'leaseMissing' : this.#deps.gate.leaseRefusal(intent);
  }

  /** Acts follow one another; more than a few that wait are too many. */
  async #inTurn(act: () => Promise<Result> | Result): Promise<Result> {
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

  /** What a click would land on. */
  #hitOf(act: Act): Element {
    return this.#deps.geometry.hitAt(this.#pointOf(act)) ?? act.element;
  }

  #pointOf({ element, fx, fy }: Act): PagePoint {
    return pointIn(this.#deps.geometry.boxOf(element), fx, fy);
  }

  #elementOf(id: number): Element | undefined {
    const node = this.#deps.nodeOf(id);
    return node?.nodeType === 1 && node.isConnected ? (node as Element) : undefined;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#deps.window.setTimeout(resolve, ms));
  }
}

function documentElementOf(node: Node): Element | null {
  return node.nodeType === 9 ? (node as Document).documentElement : null;
}

function pointIn(
  box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  fx: number,
  fy: number,
): PagePoint {
  // The very edge of a box belongs to its neighbour.
  const inset = (fraction: number, length: number) =>
    Math.min(Math.max(fraction * length, 0.5), length - 0.5);
  return { x: box.left + inset(fx, box.width), y: box.top + inset(fy, box.height) };
}

function refused(refusal: IntentRefusal, ref: number | undefined): IntentAnswer {
  return ref === undefined ? { outcome: 'refused', refusal } : { outcome: 'refused', refusal, ref };
}
