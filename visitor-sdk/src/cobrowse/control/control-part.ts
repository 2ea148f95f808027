/**
 * The lazily loaded control and annotation: it comes with the first thing that an agent points at, or that anybody
 * draws. A page that is only looked at never loads it.
 */

import type { AgentId, IntentAnswer, MaskingPolicy } from '@alongside/protocol';
import type { FrameDoor } from '../joined/joined.js';
import { MarkBoard } from '../marks/mark-board.js';
import { VISITOR_SLOT } from '../marks/mark-look.js';
import { MarkPainter } from '../marks/mark-painter.js';
import type { Drawer, DrawnMark, TakenMark } from '../marks/placed-mark.js';
import { VisitorPen } from '../marks/visitor-pen.js';
import type { PristineDom } from '../masking/pristine-dom.js';
import type { PrivacyRules } from '../masking/privacy-rules.js';
import type { Outline, OutlineDeps } from '../outline/private-outline.js';
import { startOutline } from '../outline/private-outline.js';
import { AgentOverlay } from './agent-overlay.js';
import type { ConfirmRequest } from './confirmation.js';
import { FrameActs } from './frame-acts.js';
import type { IncomingIntent, Lease, LeaseView } from './intent-gate.js';
import { IntentGate } from './intent-gate.js';
import { IntentRunner } from './intent-runner.js';
import { NavigationActs } from './navigation-acts.js';
import { NavigationCheck } from './navigation-check.js';
import { PageActs } from './page-acts.js';
import type { PageBox } from './page-geometry.js';
import { PageGeometry } from './page-geometry.js';
import { PaymentGuard } from './payment-guard.js';
import { PointerNews } from './pointer-news.js';
import { TargetCheck } from './target-check.js';
import { TargetFingerprint } from './target-fingerprint.js';

export interface ControlDeps {
  readonly window: Window & typeof globalThis;
  readonly dom: PristineDom;
  readonly rules: PrivacyRules;
  readonly policy: MaskingPolicy;
  /** The overlay's place in the page; it is excluded from recording by its identity. */
  readonly host: HTMLElement;
  /** Alongside's other elements, which stay above it. */
  readonly excluded: readonly Element[];
  readonly leases: LeaseView;
  now(): number;
  isSelector(selector: string): boolean;
  viewAgeMs(seen: { readonly epoch: number; readonly sequence: number }): number | undefined;
  nodeOf(id: number): Node | undefined;
  numberOf(node: Node): number | undefined;
  /** Of the joined frame in which the node with this number is shown. */
  doorOf(id: number): FrameDoor | undefined;
  agentName(slot: number): string;
  confirm(request: ConfirmRequest & { readonly slot: number }): Promise<boolean>;
  /** Tells everybody who sees the page, with or without whoever drew it. */
  tellMark(mark: DrawnMark | TakenMark, by: Drawer, how: { readonly alsoDrawer: boolean }): void;
  /** The panel gives way to what is marked, and tells what of the page it covers then. */
  clear(marks: readonly PageBox[]): readonly PageBox[];
  say(message: string, by: Drawer): void;
  /** Everybody who sees the page. */
  watchers(): readonly number[];
  answer(slot: number, body: unknown): void;
}

export interface Control {
  run(intent: IncomingIntent): Promise<IntentAnswer>;
  /** The agent at this place is gone, or may not draw any more. */
  leave(slot: number): void;
  forget(slot: number, stroke: number): void;
  /** What is drawn now, for somebody who has just come. */
  marks(): readonly { readonly mark: DrawnMark; readonly by: Drawer }[];
  readonly pen: VisitorPen;
  /** Out of the page until somebody watches again. */
  hide(): void;
  stop(): void;
}

export interface ControlPart {
  startControl(deps: ControlDeps): Control;
  /** Shows the visitor what is hidden; it comes with what is loaded late, as most never ask for it. */
  startOutline(deps: OutlineDeps): Outline;
}

export { startOutline };

export function startControl(deps: ControlDeps): Control {
  const { window, dom, rules, policy } = deps;
  const geometry = new PageGeometry(window, dom);
  const overlay = new AgentOverlay(window, deps.host, deps.excluded);
  const agents = new Map<number, AgentId>();
  const pointers = new PointerNews(deps);
  const board = new MarkBoard({
    window,
    painter: new MarkPainter(window, overlay.canvas, overlay.words),
    boxOf: (element) => geometry.boxOf(element),
    raise: () => overlay.raise(),
    mayStay: ({ slot }) => slot === VISITOR_SLOT || mayDraw(deps, agents.get(slot)),
    tell: (mark, by, how) => {
      if (by.slot === VISITOR_SLOT) frames.visitorDrew(mark, by);
      deps.tellMark(mark, by, how);
    },
    clear: (marks) => deps.clear(marks),
    say: (message, by) => deps.say(message, by),
  });
  const check = new TargetCheck({ dom, rules, geometry, policy, isSelector: deps.isSelector });
  const payments = new PaymentGuard(dom, rules);
  const fingerprint = new TargetFingerprint(rules, geometry);
  const navigation = new NavigationCheck({ document: window.document, dom, geometry, check, payments });
  const shared = { ...deps, overlay, geometry, check, payments, fingerprint, navigation };
  const frames: FrameActs = new FrameActs({
    ...deps,
    geometry,
    check,
    mayDraw: (slot) => mayDraw(deps, agents.get(slot)),
    forget: (slot, stroke) => board.forget(slot, stroke),
  });
  const acts = new PageActs(shared);
  const runner = new IntentRunner({
    ...shared,
    gate: new IntentGate(deps),
    marks: board,
    frames,
    acts,
    navigation: new NavigationActs({ ...shared, guarded: (slot, act) => acts.guarded(slot, act) }),
  });
  const isSeen = (element: Element) => check.refusalToShow(element) === undefined;
  const pen = new VisitorPen({
    ...{ window, geometry, board, layer: overlay.layer },
    raise: () => overlay.raise(),
    numberOf: (element) => (isSeen(element) ? deps.numberOf(element) : undefined),
  });
  const hide = () => {
    board.clear();
    frames.stop();
    overlay.remove();
  };
  return {
    run: async (intent) => {
      agents.set(intent.slot, intent.agent);
      const answer = await runner.run(intent);
      if (answer.outcome === 'done') pointers.pointed(intent.slot, intent.body);
      return answer;
    },
    leave: (slot) => {
      pointers.left(slot);
      overlay.hidePointer(slot);
      board.leave(slot);
      frames.leave(slot);
    },
    forget: (slot, stroke) => board.forget(slot, stroke),
    marks: () => [...board.drawn(), ...frames.marks()],
    pen,
    hide,
    stop: () => {
      for (const slot of agents.keys()) pointers.left(slot);
      runner.stop();
      hide();
    },
  };
}

/** Leases end at any moment: by their time, by a key, or with the agent. */
function mayDraw({ leases, now }: ControlDeps, agent: AgentId | undefined): boolean {
  const isOpen = ({ agentId, kinds, expiresAtMs }: Lease) =>
    agentId === agent && kinds.includes('draw') && expiresAtMs > now();
  return leases.all().some(isOpen);
}
