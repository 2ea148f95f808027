/**
 * What agents do in joined frames. This page says whether the frame can be reached where it happens, and hands the
 * intent on; the frame's own script judges it by its own rules and carries it out. Leases that end here end there.
 */

import type { IntentAnswer, IntentBody, IntentRefusal, Mark } from '@alongside/protocol';
import { isShownOnly } from '@alongside/protocol';
import type { FrameDoor } from '../joined/joined.js';
import type { Drawer, DrawnMark, TakenMark } from '../marks/placed-mark.js';
import type { ConfirmRequest } from './confirmation.js';
import { FrameMarks } from './frame-marks.js';
import { FrameVisit } from './frame-visit.js';
import type { IncomingIntent, LeaseView } from './intent-gate.js';
import type { PageGeometry } from './page-geometry.js';
import { asFrameSays, movedTarget, placeInFrame, pointOf } from './placed-in-frame.js';
import type { TargetCheck } from './target-check.js';

export interface FrameActsDeps {
  readonly window: Window & typeof globalThis;
  readonly geometry: Pick<PageGeometry, 'cornerIn'>;
  readonly check: Pick<TargetCheck, 'refusalInside' | 'isListed'>;
  readonly leases: LeaseView;
  now(): number;
  doorOf(id: number): FrameDoor | undefined;
  agentName(slot: number): string;
  /** Whether the agent at this place may still draw. */
  mayDraw(slot: number): boolean;
  /** This mark on the page itself is no longer among the newest of all places. */
  forget(slot: number, stroke: number): void;
  confirm(request: ConfirmRequest & { readonly slot: number }): Promise<boolean>;
  tellMark(mark: DrawnMark | TakenMark, by: Drawer, how: { readonly alsoDrawer: boolean }): void;
  say(message: string, by: Drawer): void;
}

/** A lease that ended, or a frame that is covered, is known in the frame so soon. */
const FOLLOW_MS = 50;

/** An act on its way, looked after as long as it takes. */
interface Errand {
  look(): void;
}

export class FrameActs {
  readonly #deps: FrameActsDeps;
  readonly #visits = new Map<FrameDoor, FrameVisit>();
  readonly #marks = new FrameMarks<FrameDoor>();
  readonly #errands = new Set<Errand>();
  /** In which frame each agent's pointer was last. */
  readonly #pointers = new Map<number, { readonly door: FrameDoor; readonly intent: IncomingIntent }>();
  #told = '';
  #timer: number | undefined;

  constructor(deps: FrameActsDeps) {
    this.#deps = deps;
  }

  /** `body` is about something in a joined frame. */
  async run(intent: IncomingIntent, body: IntentBody): Promise<IntentAnswer> {
    const { ref } = body;
    const door = this.#doorFor(body);
    if (door === undefined) return refused('targetGone', ref);
    const refusal = this.#refusalIn(door, body) ?? (await this.#askWhereListed(door, intent, body));
    if (refusal !== undefined) return refused(refusal, ref);
    const answer = await this.#handOn(door, intent, body);
    return typeof answer === 'string' ? refused(answer, ref) : this.#read(door, { intent, body, answer });
  }

  /** An agent points, or draws, on the page itself. */
  onPage(intent: IncomingIntent, body: IntentBody): void {
    const pointer = this.#pointers.get(intent.slot);
    if (body.kind === 'point' && pointer !== undefined) this.#hidePointer(intent.slot, pointer);
    if (body.kind === 'draw') this.#add(undefined, body.mark, this.#drawer(intent.slot));
  }

  /** The visitor draws on the page itself alone. */
  visitorDrew(mark: Mark, by: Drawer): void {
    if (mark.mark === 'clear') this.#marks.clear(by.slot);
    else if (mark.mark === 'undo') this.#marks.undo(by.slot, mark.stroke);
    else this.#add(undefined, mark, by);
  }

  /** Takes marks away again; says whether that was all there was to do. */
  take(intent: IncomingIntent, mark: TakenMark): boolean {
    const { slot } = intent;
    if (mark.mark === 'clear') {
      this.#marks.clear(slot);
      for (const visit of this.#visits.values()) this.#hint(visit, intent, { kind: 'draw', ref: 0, mark });
      return false;
    }
    const door = this.#marks.undo(slot, mark.stroke);
    const visit = door && this.#visits.get(door);
    if (visit === undefined) return false;
    this.#hint(visit, intent, { kind: 'draw', ref: 0, mark });
    this.#deps.tellMark(mark, this.#drawer(slot), { alsoDrawer: false });
    return true;
  }

  marks(): readonly { readonly mark: DrawnMark; readonly by: Drawer }[] {
    return this.#marks.inFrames();
  }

  /** The agent at this place is gone, or may not draw any more. */
  leave(slot: number): void {
    this.#pointers.delete(slot);
    for (const visit of this.#visits.values()) visit.leave(slot);
    if (this.#marks.clear(slot))
      this.#deps.tellMark({ mark: 'clear' }, { slot, name: '' }, { alsoDrawer: true });
  }

  stop(): void {
    this.#deps.window.clearInterval(this.#timer);
    this.#timer = undefined;
    this.#pointers.clear();
    for (const visit of [...this.#visits.values()]) {
      visit.tell([]);
      visit.close();
    }
  }

  #doorFor(body: IntentBody): FrameDoor | undefined {
    const id = placeInFrame(body);
    const door = id === undefined ? undefined : this.#deps.doorOf(id);
    return door?.element.isConnected === true ? door : undefined;
  }

  #refusalIn(door: FrameDoor, body: IntentBody): IntentRefusal | undefined {
    const shown = isShownOnly(body.kind);
    const refusal = this.#deps.check.refusalInside(door.element, pointOf(body));
    return shown && refusal !== 'ownPanel' && refusal !== 'blocked' ? undefined : refusal;
  }

  /** A site that lists the frame's element wants the visitor asked before anything in it is pressed. */
  async #askWhereListed(
    { element }: FrameDoor,
    { slot }: IncomingIntent,
    body: IntentBody,
  ): Promise<IntentRefusal | undefined> {
    const presses = body.kind === 'click' || (body.kind === 'type' && 'key' in body);
    if (!presses || !this.#deps.check.isListed(element)) return undefined;
    return (await this.#deps.confirm({ reason: 'listed', label: '', slot })) ? undefined : 'notConfirmed';
  }

  async #handOn(
    door: FrameDoor,
    intent: IncomingIntent,
    body: IntentBody,
  ): Promise<IntentAnswer | IntentRefusal> {
    const own = door.ownNumber(placeInFrame(body) ?? 0);
    if (own === undefined) return 'targetGone';
    const visit = this.#visitTo(door);
    const told = asFrameSays(body, own, this.#deps.geometry.cornerIn(door.element));
    let prevent: (refusal: IntentRefusal) => void = () => undefined;
    const prevented = new Promise<IntentRefusal>((resolve) => {
      prevent = resolve;
    });
    // What comes to lie over the frame meanwhile prevents the act, as it would on this page.
    const look = (): void => {
      const refusal = this.#refusalIn(door, body);
      if (refusal === undefined) return;
      visit.cease(intent.slot, body.ref);
      prevent(refusal);
    };
    const errand: Errand = { look };
    if (!isShownOnly(body.kind)) this.#errands.add(errand);
    this.#follow();
    try {
      const name = this.#deps.agentName(intent.slot);
      const ending = await Promise.race([visit.act({ ...intent, body: told }, body.ref, name), prevented]);
      if (typeof ending !== 'string') return ending;
      if (ending === 'gone') return 'targetGone';
      return ending === 'silent' ? 'failed' : ending;
    } finally {
      this.#errands.delete(errand);
    }
  }

  /** What the frame says of it, in the page's own numbers and places. */
  #read(
    door: FrameDoor,
    done: { readonly intent: IncomingIntent; readonly body: IntentBody; readonly answer: IntentAnswer },
  ): IntentAnswer {
    const { intent, body, answer } = done;
    if (answer.outcome === 'refused') return refused(answer.refusal, body.ref);
    if (answer.outcome !== 'done') return refused('failed', body.ref);
    const { slot } = intent;
    if (body.kind === 'point') this.#movePointer(door, intent);
    if (body.kind === 'draw') this.#drawn(door, body.mark, slot);
    const { target } = answer;
    const told = { outcome: 'done', ref: body.ref, slot } as const;
    if (target === undefined) return told;
    const corner = this.#deps.geometry.cornerIn(door.element);
    return { ...told, target: movedTarget(target, door.pageNumber(target.id), corner) };
  }

  #drawn(door: FrameDoor, mark: Mark, slot: number): void {
    if (!('anchor' in mark)) return;
    const by = this.#drawer(slot);
    this.#add(door, mark, by);
    this.#deps.tellMark(mark, by, { alsoDrawer: false });
    if (mark.mark === 'highlight' && mark.message !== undefined && mark.message !== '')
      this.#deps.say(mark.message, by);
  }

  #add(at: FrameDoor | undefined, mark: Mark, by: Drawer): void {
    const gone = this.#marks.add(at, mark, by);
    if (gone === undefined) return;
    const { stroke } = gone.mark;
    if (gone.at === undefined) this.#deps.forget(gone.by.slot, stroke);
    else this.#visits.get(gone.at)?.forget(gone.by.slot, stroke);
  }

  #movePointer(door: FrameDoor, intent: IncomingIntent): void {
    const before = this.#pointers.get(intent.slot);
    if (before !== undefined && before.door !== door) this.#hidePointer(intent.slot, before);
    this.#pointers.set(intent.slot, { door, intent });
  }

  #hidePointer(
    slot: number,
    { door, intent }: { readonly door: FrameDoor; readonly intent: IncomingIntent },
  ) {
    this.#pointers.delete(slot);
    const visit = this.#visits.get(door);
    if (visit !== undefined) this.#hint(visit, intent, { kind: 'point', ref: 0, at: null });
  }

  #hint(visit: FrameVisit, intent: IncomingIntent, body: IntentBody): void {
    visit.hint({ ...intent, intent: body.kind, body }, this.#deps.agentName(intent.slot));
  }

  #visitTo(door: FrameDoor): FrameVisit {
    const known = this.#visits.get(door);
    if (known !== undefined) return known;
    const { window, confirm, now } = this.#deps;
    const visit: FrameVisit = new FrameVisit({
      ...{ window, door, now, confirm },
      onGone: () => {
        this.#visits.delete(door);
        this.#marks.gone(door);
      },
    });
    this.#visits.set(door, visit);
    this.#told = '';
    return visit;
  }

  /** Frames hear of every lease that begins or ends, as long as there is any. */
  #follow(): void {
    const leases = this.#deps.leases.all();
    const told = JSON.stringify(leases);
    if (told !== this.#told) for (const visit of this.#visits.values()) visit.tell(leases);
    this.#told = told;
    for (const slot of this.#marks.drawers()) if (!this.#deps.mayDraw(slot)) this.leave(slot);
    for (const errand of this.#errands) errand.look();
    const isOver = leases.length === 0 || this.#visits.size === 0;
    if (isOver) this.#deps.window.clearInterval(this.#timer);
    if (isOver) this.#timer = undefined;
    else this.#timer ??= this.#deps.window.setInterval(() => this.#follow(), FOLLOW_MS);
  }

  #drawer(slot: number): Drawer {
    return { slot, name: this.#deps.agentName(slot) };
  }
}

function refused(refusal: IntentRefusal, ref: number): IntentAnswer {
  return { outcome: 'refused', refusal, ref };
}
