/**
 * Looks after the fields that are shown with their values: a form that is reset, a value set as a number, a box
 * made neither checked nor unchecked fire no event. Fields whose values are masked are never looked at.
 */

export interface FieldWatchDeps {
  nodeOf(id: number): Node | undefined;
  /** The field has another value or choice than when it was last looked at. */
  onChanged(id: number, now: { readonly text: string; readonly isChecked: boolean }): void;
  /** Its choices among several, or its state between two, are others. */
  onStateChanged(id: number): void;
}

/** So many are looked at at once; where there are more, they take turns. */
const MOST_AT_ONCE = 400;
/** More than any form has: beyond them only events count. */
const MOST_FIELDS = 20_000;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Seen {
  readonly value: string;
  readonly state: string;
}

/** Like nothing that a field can be. */
const UNTOLD: Seen = { value: '', state: '' };

export class FieldWatch {
  readonly #deps: FieldWatchDeps;
  /** Those that were looked at last are at the end. */
  readonly #fields = new Map<number, Seen>();
  /** Fields that were told of since the last look: what the page made of that is not to wait for its turn. */
  readonly #told = new Set<number>();

  constructor(deps: FieldWatchDeps) {
    this.#deps = deps;
  }

  /** Called while the field is being written down: what it has now is what the agent is told. */
  note(id: number): void {
    if (this.#fields.size >= MOST_FIELDS && !this.#fields.has(id)) return;
    const field = this.#fieldOf(id);
    if (field !== undefined) this.#fields.set(id, seen(field));
  }

  /**
   * An event told of the field. That is what the agent sees from now on, even if the page has put another value into
   * it since.
   */
  told(id: number, { text, isChecked }: { readonly text: string; readonly isChecked: boolean }): void {
    const before = this.#fields.get(id);
    if (before === undefined) return;
    this.#fields.set(id, { ...before, value: standing(text, isChecked) });
    this.#told.add(id);
  }

  look(): void {
    const turn = new Set(this.#told);
    this.#told.clear();
    const most = turn.size + MOST_AT_ONCE;
    for (const id of this.#fields.keys()) {
      if (turn.size >= most) break;
      turn.add(id);
    }
    for (const id of turn) this.#lookAt(id);
  }

  /** They were not written down in one moment: at the next look each is told once more. */
  tellAgain(): void {
    for (const id of this.#fields.keys()) this.#fields.set(id, UNTOLD);
  }

  clear(): void {
    this.#fields.clear();
    this.#told.clear();
  }

  #lookAt(id: number): void {
    const before = this.#fields.get(id);
    const field = this.#fieldOf(id);
    this.#fields.delete(id);
    if (before === undefined || field?.isConnected !== true) return;
    this.#fields.set(id, before);
    this.#compare(id, { field, before });
  }

  #compare(id: number, { field, before }: { readonly field: Field; readonly before: Seen }): void {
    const now = seen(field);
    if (now.value === before.value && now.state === before.state) return;
    this.#fields.set(id, now);
    if (now.value !== before.value) {
      this.#deps.onChanged(id, { text: field.value, isChecked: 'checked' in field && field.checked });
    }
    if (now.state !== before.state) this.#deps.onStateChanged(id);
  }

  #fieldOf(id: number): Field | undefined {
    const node = this.#deps.nodeOf(id);
    return node !== undefined && 'value' in node ? (node as Field) : undefined;
  }
}

function seen(field: Field): Seen {
  const isChecked = 'checked' in field && field.checked;
  const state =
    'options' in field
      ? [...field.options].map(({ selected }) => (selected ? 1 : 0)).join('')
      : String('indeterminate' in field && field.indeterminate);
  return { value: standing(field.value, isChecked), state };
}

function standing(text: string, isChecked: boolean): string {
  return `${isChecked} ${text}`;
}
