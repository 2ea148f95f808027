/** What a side's own line bears of the pictures beside the voices, each way, and whether one that is awaited stands still. */

import { ALL_LOST, type CallCounters, figuresBetween, lostOf } from './call-counters.js';
import { type PictureRation, PictureRationing } from './picture-ration.js';

export interface PicturedCall {
  /** How often its way was made anew, as where the network is another one. */
  waysMade(): number;
  /** Whether the other side gives a picture that is shown here. */
  awaitsPicture(): boolean;
  /** Whether somebody shows a screen: one that does not change may well stand still. */
  awaitsScreen(): boolean;
  /** As much of the own picture as this side's line bears beside the voice, from now on. */
  rationSent(ration: PictureRation): void;
  /** As much of the others' pictures. */
  rationShown(ration: PictureRation): void;
}

export interface LineWatchDeps {
  /** How much of the own picture is sent. */
  onRation(ration: PictureRation): void;
  /** A picture that is awaited does not move, whichever of the two lines is to blame. */
  onStill(isStill: boolean): void;
}

/** Over so many looks is judged whether a picture moves; so many take what was lost until a way was made anew. */
const LOOKS = 2;

export class LineWatch {
  readonly #deps: LineWatchDeps;
  readonly #call: PicturedCall;
  #sent = new PictureRationing();
  #shown = new PictureRationing();
  #seen: readonly CallCounters[] = [];
  /** Nothing comes at all: that is no matter of pictures, and what is counted as lost afterwards is of that time. */
  #isGone = false;
  #ways = 0;
  /** For so many looks more what is lost is of before the way that holds. */
  #forgiven = 0;
  /** From here on is counted what was lost of what is sent. */
  #from: CallCounters | undefined;
  #awaited = 0;
  #isStill = false;

  constructor(deps: LineWatchDeps, call: PicturedCall) {
    this.#deps = deps;
    this.#call = call;
  }

  look(now: CallCounters): void {
    this.#followWay();
    const [before = now] = this.#seen;
    const wasGone = this.#isGone || this.#forgiven > 0;
    this.#forgiven = Math.max(0, this.#forgiven - 1);
    if (wasGone) this.#from = undefined;
    this.#isGone = figuresBetween(before, now).downLossPermille === ALL_LOST;
    if (!this.#isGone) {
      const known = wasGone ? [] : this.#seen;
      this.#seen = [...known, now].slice(-LOOKS);
      this.#judgeSent(now);
      this.#judgeShown(known.at(-1) ?? now, now);
    }
    this.#awaited = this.#call.awaitsPicture() ? this.#awaited + 1 : 0;
    const isHeldBack = this.#shown.ration === 'none' && this.#call.awaitsScreen();
    this.#tellStill(isHeldBack || (this.#awaited > LOOKS && now.pictures === before.pictures));
  }

  /** What was lost on the way of before, and what that one bore, says nothing of this one. */
  #followWay(): void {
    const ways = this.#call.waysMade();
    if (ways === this.#ways) return;
    this.#ways = ways;
    this.#forgiven = LOOKS;
    if (this.#sent.ration !== 'all') this.#send('all');
    if (this.#shown.ration !== 'all') this.#call.rationShown('all');
    this.#sent = new PictureRationing();
    this.#shown = new PictureRationing();
  }

  #send(ration: PictureRation): void {
    this.#call.rationSent(ration);
    this.#deps.onRation(ration);
  }

  /**
   * Of pictures, as long as they go. The server tells the sender of a voice the worst that any of its receivers loses
   * (for the correction that is sent along), so that of a voice too much is told where another one's line is thin: it
   * only says whether as much is lost without a picture.
   */
  #judgeSent(now: CallCounters): void {
    const former = this.#sent.ration;
    const kind = former === 'none' ? 'voice' : 'picture';
    const known = this.#from ?? now;
    // A stream that ended has taken its counts along.
    const from = now[kind].packets < known[kind].packets ? now : known;
    const lostPermille = lostOf(kind, from, now);
    const news = { lostPermille, sinceMs: from.atMs, bearsKbps: now.bearsKbps };
    const ration = this.#sent.tell(news, now.atMs);
    if (from !== this.#from || lostPermille !== undefined || ration !== former) this.#from = now;
    if (ration !== former) this.#send(ration);
  }

  #judgeShown(last: CallCounters, now: CallCounters): void {
    const former = this.#shown.ration;
    const lostPermille = figuresBetween(last, now).downLossPermille;
    const ration = this.#shown.tell({ lostPermille, sinceMs: last.atMs }, now.atMs);
    if (ration !== former) this.#call.rationShown(ration);
  }

  #tellStill(isStill: boolean): void {
    if (isStill !== this.#isStill) this.#deps.onStill(isStill);
    this.#isStill = isStill;
  }
}
