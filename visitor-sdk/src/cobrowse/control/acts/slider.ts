/** A slider follows the agent's hand: the browser's own does so for a visitor's hand only. */

import type { PagePoint } from '../page-geometry.js';
import { changeEvent, setNatively } from './field-value.js';
import { realmOf } from './realm.js';

/** Half of the knob at each end lies beside the way that the values take. */
const KNOB_PX = 16;

export function isSlider(element: Element): element is HTMLInputElement {
  const view = realmOf(element);
  return view !== undefined && element instanceof view.HTMLInputElement && element.type === 'range';
}

export class SliderDrag {
  readonly #slider: HTMLInputElement;
  readonly #before: string;

  constructor(slider: HTMLInputElement) {
    this.#slider = slider;
    this.#before = slider.value;
  }

  /** In the slider's own viewport. */
  moveTo(point: PagePoint): void {
    const view = realmOf(this.#slider);
    if (view === undefined) return;
    const value = String(valueAt(this.#slider, point));
    const before = this.#slider.value;
    setNatively(this.#slider, 'value', value);
    if (this.#slider.value === before) return;
    this.#slider.dispatchEvent(new view.Event('input', { bubbles: true, composed: true }));
  }

  end(): void {
    const view = realmOf(this.#slider);
    if (view !== undefined && this.#slider.value !== this.#before)
      this.#slider.dispatchEvent(changeEvent(view));
  }
}

/** The browser rounds it to a step that there is. */
function valueAt(slider: HTMLInputElement, { x, y }: PagePoint): number {
  const { left, top, width, height } = slider.getBoundingClientRect();
  const style = slider.ownerDocument.defaultView?.getComputedStyle(slider);
  const stands = height > width;
  const isReversed = stands !== (style?.direction === 'rtl');
  const length = Math.max(1, (stands ? height : width) - KNOB_PX);
  const along = ((stands ? y - top : x - left) - KNOB_PX / 2) / length;
  const part = Math.min(1, Math.max(0, isReversed ? 1 - along : along));
  const least = numberOr(slider.min, 0);
  return least + part * (numberOr(slider.max, 100) - least);
}

function numberOr(text: string, otherwise: number): number {
  const value = Number.parseFloat(text);
  return Number.isFinite(value) ? value : otherwise;
}

/** A whole value at once, for fields that a browser fills through a picker of its own. */
export function setWholeValue(field: HTMLInputElement, text: string): 'failed' | undefined {
  const view = realmOf(field);
  if (view === undefined) return 'failed';
  const before = field.value;
  setNatively(field, 'value', text);
  if (field.value === '' && text !== '') {
    setNatively(field, 'value', before);
    return 'failed';
  }
  if (field.value === before) return undefined;
  field.dispatchEvent(new view.Event('input', { bubbles: true, composed: true }));
  field.dispatchEvent(changeEvent(view));
  return undefined;
}
