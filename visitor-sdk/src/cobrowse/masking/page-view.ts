/** What masking asks of the live page about the nodes that an event names by number. */

import type { Verdict } from './privacy-rules.js';

export interface Box {
  readonly width: number;
  readonly height: number;
  /** Whether it lies in a line of text; then it has no size of its own without its content. */
  readonly inline: boolean;
}

export interface PageView {
  /** A number that is no node of the page has the strictest verdict. */
  verdictOf(id: number): Verdict;
  isTextShown(verdict: Verdict): boolean;
  /** Whether texts are shown where no element says otherwise. */
  showsTexts(): boolean;
  /** Whether a text node holds part of something that is masked for what it looks like. */
  isCaught(id: number): boolean;
  /** The same for a text that stands alone. */
  catches(text: string): boolean;
  /** The same for what is typed or chosen, which is seen before it is whole. */
  catchesValue(text: string): boolean;
  /** How many letters a text of a drawing shows; none if any of what it says is not shown. */
  lettersShown(id: number): number;
  /** The texts of a drawing that a node is, or is part of. */
  drawnTextsAround(id: number): readonly number[];
  /** The whole drawing that a part of one is in. */
  drawingOf(id: number): number | undefined;
  /** Text nodes of the same line as this node: what they look like together may have changed. */
  neighboursOf(id: number): readonly number[];
  /** A text node's text as it is now. */
  textOf(id: number): string | undefined;
  /** Whether the element's verdict is another than when it was last noted here; notes it. */
  hasChanged(id: number): boolean;
  /** Lower-case name of the element, or of the element around a text. */
  tagOf(id: number): string | undefined;
  isSvg(id: number): boolean;
  isDefined(tag: string): boolean;
  /** Whether the element is a slot of a component, or content shown in one. */
  isSlotted(id: number): boolean;
  /** Outer size as drawn, in CSS pixels. */
  boxOf(id: number): Box | undefined;
  /** Whether an option is selected, or a box or radio checked. */
  isChosen(id: number): boolean;
  /** Words for states that no attribute tells of; empty when there are none. */
  stateOf(id: number, isValueShown: boolean): string;
  /** The elements around it whose shadow roots it is in. */
  hostsOf(id: number): readonly number[];
  /** Whether the content is of another origin, or in a shadow root that is closed to us. */
  isClosedToUs(id: number): boolean;
  /** The options of a list in which several may be chosen, and whether each is. */
  choicesOf(id: number): readonly { readonly id: number; readonly isChosen: boolean }[];
  /** The hash of the last picture of a canvas or video that may be shown. */
  pictureOf(id: number): string | undefined;
  /** A canvas or video may be shown: from now on pictures are taken of it. */
  movingShown(id: number): void;
  /** A field is shown with its value, which may change without any event. */
  fieldShown(id: number): void;
  /** The element has a shadow root, whose sheets may change without any event. */
  shadowShown(id: number): void;
  /** The address an image is drawn from, when it is worth showing. */
  imageOf(id: number): string | undefined;
  /** The address of a style sheet of another origin, which only a fetch of its own can read. */
  foreignSheetOf(id: number): string | undefined;
  /** The attribute as it is now. */
  attributeOf(id: number, name: string): string | undefined;
  /** Numbers of the text nodes directly in an element. */
  textsIn(id: number): readonly number[];
  /** Without query and fragment; undefined unless the whole page is allowed. */
  address(): string | undefined;
}
