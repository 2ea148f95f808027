/** Chooses in a list: by what an option reads, or one further by an arrow. */

import type { IntentRefusal } from '@alongside/protocol';
import { changeEvent, setNatively } from './field-value.js';
import { realmOf } from './realm.js';

export function chooseByText(select: HTMLSelectElement, text: string): IntentRefusal | undefined {
  const wanted = text.trim();
  const index = [...select.options].findIndex(
    (option) => option.label.trim() === wanted && isChoosable(option),
  );
  if (index === -1) return 'noSuchOption';
  select.focus({ preventScroll: true });
  choose(select, index);
  return undefined;
}

/** The next option in this direction that can be chosen; the first or last where there is no end to go to. */
export function chooseBeside(select: HTMLSelectElement, step: 1 | -1): void {
  const options = [...select.options];
  for (let at = select.selectedIndex + step; at >= 0 && at < options.length; at += step) {
    const option = options[at];
    if (option === undefined || !isChoosable(option)) continue;
    choose(select, at);
    return;
  }
}

export function chooseEnd(select: HTMLSelectElement, end: 'first' | 'last'): void {
  const options = [...select.options];
  const index = end === 'first' ? options.findIndex(isChoosable) : options.findLastIndex(isChoosable);
  if (index >= 0) choose(select, index);
}

function choose(select: HTMLSelectElement, index: number): void {
  const view = realmOf(select);
  if (view === undefined || index === select.selectedIndex) return;
  setNatively(select, 'selectedIndex', index);
  select.dispatchEvent(new view.Event('input', { bubbles: true, composed: true }));
  select.dispatchEvent(changeEvent(view));
}

function isChoosable(option: HTMLOptionElement): boolean {
  return !option.disabled && !(option.parentElement as Partial<HTMLOptGroupElement> | null)?.disabled;
}
