/** A page for tests of masking: numbered nodes, each with a verdict of its own. */

import { TextNets } from '../src/cobrowse/masking/nets/text-nets.js';
import type { PageView } from '../src/cobrowse/masking/page-view.js';
import type { Verdict } from '../src/cobrowse/masking/privacy-rules.js';
import { hiddenVerdict, isValueShown } from '../src/cobrowse/masking/privacy-rules.js';

/** What it throws and what its attributes hold. */
export const SECRET = 'tk8f3q9zm4xw7yb2';
const nets = new TextNets();

interface FakeNode {
  readonly tag: string;
  readonly verdict: Verdict;
}

/** What is not put into it is unknown. */
export class FakePage implements PageView {
  readonly nodes = new Map<number, FakeNode>();
  readonly texts = new Map<number, string>();
  readonly caught = new Set<number>();
  readonly pictures = new Map<number, string>();
  readonly drawings = new Map<number, number>();
  changed = false;
  broken = false;

  verdictOf(id: number): Verdict {
    if (this.broken) throw new Error(SECRET);
    return this.nodes.get(id)?.verdict ?? hiddenVerdict;
  }
  isTextShown(verdict: Verdict): boolean {
    return isValueShown(verdict) || (verdict.exposure === 'texts' && !verdict.typed);
  }
  showsTexts(): boolean {
    return true;
  }
  isCaught(id: number): boolean {
    return this.caught.has(id);
  }
  catches(text: string): boolean {
    return nets.catches(text);
  }
  catchesValue(text: string): boolean {
    return nets.catchesValue(text);
  }
  neighboursOf(): readonly number[] {
    return [];
  }
  lettersShown(id: number): number {
    return this.isTextShown(this.verdictOf(id)) && !this.caught.has(id) ? 3 : 0;
  }
  drawnTextsAround(): readonly number[] {
    return [];
  }
  drawingOf(id: number): number | undefined {
    return this.drawings.get(id);
  }
  textOf(id: number): string | undefined {
    return this.texts.get(id);
  }
  hasChanged(): boolean {
    return this.changed;
  }
  tagOf(id: number): string | undefined {
    return this.nodes.get(id)?.tag;
  }
  isSvg(id: number): boolean {
    return ['svg', 'g', 'path', 'text', 'tspan', 'foreignobject'].includes(this.nodes.get(id)?.tag ?? '');
  }
  isSlotted(): boolean {
    return false;
  }
  isDefined(): boolean {
    return false;
  }
  boxOf(): { width: number; height: number; inline: boolean } {
    return { width: 100, height: 20, inline: false };
  }
  isChosen(): boolean {
    return false;
  }
  stateOf(): string {
    return '';
  }
  hostsOf(): readonly number[] {
    return [];
  }
  isClosedToUs(): boolean {
    return false;
  }
  choicesOf(): readonly [] {
    return [];
  }
  pictureOf(id: number): string | undefined {
    return this.pictures.get(id);
  }
  movingShown(): void {
    // Nothing moves here.
  }
  fieldShown(): void {
    // Nobody looks after the fields of this page.
  }
  shadowShown(): void {
    // Nor after its roots.
  }
  imageOf(): undefined {
    return undefined;
  }
  foreignSheetOf(): undefined {
    return undefined;
  }
  attributeOf(_id: number, name: string): string | undefined {
    return name === 'class' ? `late ${SECRET}` : undefined;
  }
  textsIn(): readonly number[] {
    return [];
  }
  address(): string | undefined {
    return undefined;
  }
}
