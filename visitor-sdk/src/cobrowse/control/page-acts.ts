/**
 * Clicks, drags, keys and texts: each checked when it comes, shown to the visitor, checked again, asked about where
 * it has to be, and only then done, with every form that would be sent by it held.
 */

import type { IntentBodyOf, IntentRefusal, IntentTarget } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import type { PristineDom } from '../masking/pristine-dom.js';
import type { ActingAgent, ActResult } from './act-result.js';
import { MouseHand } from './acts/mouse-hand.js';
import { defaultButtonOf, formOf, pressKey } from './acts/press-key.js';
import { focusedIn } from './acts/realm.js';
import { isSlider, SliderDrag } from './acts/slider.js';
import { SubmitGuard } from './acts/submit-guard.js';
import type { AgentOverlay } from './agent-overlay.js';
import type { ConfirmRequest } from './confirmation.js';
import { asLabel, confirmationFor } from './confirmation.js';
import type { PageGeometry, PagePoint } from './page-geometry.js';
import { pointIn } from './page-geometry.js';
import type { PaymentGuard } from './payment-guard.js';
import { labelsOf } from './pressed-elements.js';
import type { TargetCheck } from './target-check.js';
import type { TargetFingerprint } from './target-fingerprint.js';
import { refusalToType, typeInto } from './typable-field.js';

export interface PageActsDeps {
  readonly window: Window & typeof globalThis;
  readonly dom: PristineDom;
  readonly check: TargetCheck;
  readonly payments: PaymentGuard;
  readonly fingerprint: TargetFingerprint;
  readonly geometry: PageGeometry;
  readonly overlay: AgentOverlay;
  nodeOf(id: number): Node | undefined;
  numberOf(node: Node): number | undefined;
  agentName(slot: number): string;
  /** Asks the visitor; answers false when they do not want it. */
  confirm(request: ConfirmRequest & { readonly slot: number }): Promise<boolean>;
}

type Typed = IntentBodyOf<'type'>;
type Keyed = Extract<Typed, { readonly key: unknown }>;

/** Everything that is asked of one act, in the order in which it is asked. */
interface Act {
  readonly agent: ActingAgent;
  readonly element: Element;
  readonly target: IntentTarget;
  readonly fx: number;
  readonly fy: number;
  /** What this kind of act asks besides. */
  readonly refusal: () => IntentRefusal | undefined;
  readonly request: () => ConfirmRequest | undefined;
}

export class PageActs {
  readonly #deps: PageActsDeps;
  readonly #hand = new MouseHand();
  readonly #guard: SubmitGuard;
  #slot = 0;

  constructor(deps: PageActsDeps) {
    this.#deps = deps;
    this.#guard = new SubmitGuard({
      ...{ window: deps.window, dom: deps.dom },
      ask: (form, submitter) => this.#askToSend(form, submitter),
      holdMs: intentLimits.submitGuardMs,
    });
  }

  stop(): void {
    this.#guard.stop();
  }

  /** What a page does when it is scrolled, or left, sends no form either. */
  guarded(slot: number, act: () => ActResult): Promise<ActResult> {
    this.#slot = slot;
    return this.#guard.during(act, { confirmed: false });
  }

  async click(body: IntentBodyOf<'click'>, agent: ActingAgent): Promise<ActResult> {
    const element = this.#elementOf(body.target.id);
    if (element === undefined) return 'targetGone';
    const { target, fx, fy } = body;
    const pressed = () => this.#hitOf(act);
    const act: Act = {
      ...{ agent, element, target, fx, fy },
      refusal: () => this.#refusalToPress(pressed()),
      request: () => this.#confirmation(pressed()),
    };
    const asked = await this.#prepare(act);
    if (typeof asked === 'string') return asked;
    const hit = pressed();
    const { to } = body;
    await this.#guard.during(
      () => (to === undefined ? this.#press(hit, this.#pointOf(act)) : this.#drag(hit, act, to)),
      asked,
    );
    return {};
  }

  async type(body: Exclude<Typed, Keyed>, agent: ActingAgent): Promise<ActResult> {
    const element = this.#elementOf(body.target.id);
    if (element === undefined) return 'targetGone';
    const act: Act = {
      ...{ agent, element, target: body.target, fx: 0.5, fy: 0.5 },
      refusal: () => refusalToType(element),
      request: () => undefined,
    };
    const asked = await this.#prepare(act);
    if (typeof asked === 'string') return asked;
    return (await this.#guard.during(() => typeInto(element, body.text), asked)) ?? {};
  }

  async key(body: Keyed, agent: ActingAgent): Promise<ActResult> {
    const element = this.#elementOf(body.target.id);
    if (element === undefined) return 'targetGone';
    const { key, target } = body;
    const { check } = this.#deps;
    if (key === 'Tab' || key === 'Shift+Tab') {
      const refusal = agent.stillLeased() ?? check.refusalToMoveOn(element);
      if (refusal !== undefined) return refusal;
    } else {
      const presses = key === 'Enter' || key === 'Space';
      const pressed = () => (key === 'Enter' ? (this.#sentBy(element) ?? element) : element);
      const act: Act = {
        ...{ agent, element, target, fx: 0.5, fy: 0.5 },
        refusal: () => (presses ? this.#refusalToPress(pressed()) : undefined),
        request: () => (presses ? this.#keyRequest(element, pressed(), key) : undefined),
      };
      const asked = await this.#prepare(act);
      if (typeof asked === 'string') return asked;
      await this.#guard.during(() => pressKey(element, key, this.#keyDeps()), asked);
      return this.#whereFocusIs(element);
    }
    this.#slot = agent.slot;
    await this.#guard.during(() => pressKey(element, key, this.#keyDeps()), { confirmed: false });
    return this.#whereFocusIs(element);
  }

  /** What a key has moved the focus to, so that the next act can name it. */
  #whereFocusIs(element: Element): ActResult {
    const { fingerprint, numberOf, check } = this.#deps;
    const focused = focusedIn(element.ownerDocument);
    const id = focused === undefined ? undefined : numberOf(focused);
    if (focused === undefined || id === undefined || check.refusalToShow(focused) !== undefined) return {};
    return { target: fingerprint.describe(focused, id) };
  }

  #keyDeps() {
    return { isExcluded: (element: Element) => this.#deps.check.refusalToShow(element) !== undefined };
  }

  /** Enter in a field presses the button that sends its form. */
  #sentBy(element: Element): Element | undefined {
    if (!element.matches('input,select')) return undefined;
    const form = formOf(element);
    return form === undefined ? undefined : (defaultButtonOf(form) ?? form);
  }

  #keyRequest(element: Element, pressed: Element, key: Keyed['key']): ConfirmRequest | undefined {
    const request = this.#confirmation(pressed);
    if (request !== undefined || key !== 'Enter') return request;
    // A form without a button is sent by Enter all the same.
    const sends = this.#sentBy(element) !== undefined && !isDialogForm(element);
    return sends ? { reason: 'submit', label: this.#labelOf(pressed) } : undefined;
  }

  /** Shows it, waits for the visitor to have seen it, and asks where that is due; says whether they were asked. */
  async #prepare(act: Act): Promise<{ readonly confirmed: boolean } | IntentRefusal> {
    this.#slot = act.agent.slot;
    const refusal = this.#refusal(act) ?? (await this.#announce(act));
    if (refusal !== undefined) return refusal;
    const request = act.request();
    if (request === undefined) return { confirmed: false };
    if (!(await this.#isConfirmed(act, request))) return 'notConfirmed';
    // The page may change while the visitor thinks.
    const late = this.#refusal(act);
    if (late !== undefined) return late;
    const now = act.request();
    const isSame = now?.label === request.label && now.reason === request.reason;
    return isSame ? { confirmed: true } : 'targetChanged';
  }

  /** Everything that is asked of a target, at the time it comes and again right before the act. */
  #refusal(act: Act): IntentRefusal | undefined {
    const { check, fingerprint } = this.#deps;
    const lost = act.agent.stillLeased();
    if (lost !== undefined) return lost;
    if (!act.element.isConnected) return 'targetGone';
    const refusal = check.refusalAt(act.element, this.#pointOf(act)) ?? act.refusal();
    return refusal ?? fingerprint.differenceFrom(act.element, act.target);
  }

  #refusalToPress(hit: Element): IntentRefusal | undefined {
    const { check, payments } = this.#deps;
    return check.refusalToClick(hit) ?? (payments.isPayment(hit) ? 'payment' : undefined);
  }

  #confirmation(hit: Element): ConfirmRequest | undefined {
    const { dom, check } = this.#deps;
    return confirmationFor({ dom, isListed: (element) => check.isListed(element) }, hit);
  }

  /** Shows the visitor where it will happen, before it does. */
  async #announce(act: Act): Promise<IntentRefusal | undefined> {
    const { overlay, geometry, agentName } = this.#deps;
    const { slot } = act.agent;
    overlay.point(this.#pointOf(act), { slot, name: agentName(slot) });
    overlay.cue(geometry.boxOf(act.element));
    await this.#wait(intentLimits.cueMs);
    overlay.endCue();
    return this.#refusal(act);
  }

  #isConfirmed(act: Act, request: ConfirmRequest): Promise<boolean> {
    const unanswered = this.#wait(intentLimits.confirmMs).then(() => false);
    return Promise.race([this.#deps.confirm({ ...request, slot: act.agent.slot }), unanswered]);
  }

  /** A form that a script of the page sends because of an act, or that the act sends by a way nobody foresaw. */
  async #askToSend(form: HTMLFormElement, submitter: HTMLElement | undefined): Promise<boolean> {
    const button = submitter ?? defaultButtonOf(form) ?? form;
    if (this.#deps.payments.isPayment(button)) return false;
    const label = button === form ? '' : this.#labelOf(button);
    const unanswered = this.#wait(intentLimits.confirmMs).then(() => false);
    const asked = this.#deps.confirm({ reason: 'submit', label, slot: this.#slot });
    return Promise.race([asked, unanswered]);
  }

  #press(hit: Element, point: PagePoint): void {
    const at = this.#deps.geometry.inViewportOf(hit, point);
    const slider = isSlider(hit) ? new SliderDrag(hit) : undefined;
    this.#hand.press(hit, at, { onDown: () => slider?.moveTo(at), onUp: () => slider?.end() });
  }

  async #drag(hit: Element, act: Act, to: { readonly fx: number; readonly fy: number }): Promise<void> {
    const { geometry, window, overlay, agentName } = this.#deps;
    const { left, top, width, height } = geometry.boxOf(act.element);
    const end = { x: left + to.fx * width, y: top + to.fy * height };
    const slider = isSlider(hit) ? new SliderDrag(hit) : undefined;
    const { slot } = act.agent;
    const offset = geometry.inViewportOf(hit, { x: 0, y: 0 });
    await this.#hand.drag({
      element: hit,
      from: geometry.inViewportOf(hit, this.#pointOf(act)),
      to: geometry.inViewportOf(hit, end),
      hitAt: (point) => {
        const found = geometry.hitAt({ x: point.x - offset.x, y: point.y - offset.y });
        return found?.ownerDocument === hit.ownerDocument ? found : undefined;
      },
      pause: () => new Promise((resolve) => window.requestAnimationFrame(() => resolve())),
      // What the lease no longer covers stops in mid-air: the button is let go of where it is.
      goesOn: () => act.agent.stillLeased() === undefined,
      onMove: (point) => {
        slider?.moveTo(point);
        const shown = { x: point.x - offset.x, y: point.y - offset.y };
        overlay.point(shown, { slot, name: agentName(slot) });
      },
      onEnd: () => slider?.end(),
    });
  }

  #labelOf(element: Element): string {
    return asLabel(labelsOf(this.#deps.dom, element)[0] ?? '');
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

function isDialogForm(element: Element): boolean {
  return formOf(element)?.getAttribute('method')?.trim().toLowerCase() === 'dialog';
}
