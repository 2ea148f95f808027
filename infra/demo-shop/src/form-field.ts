/** One question of the long form, as data. */

/** What the embedding marks on an element for the co-browsing: hidden text, nothing at all, or shown. */
export type Marking = 'mask' | 'block' | 'allow';

interface FieldBase {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly marking?: Marking;
  /** Spans the whole width of the form. */
  readonly wide?: boolean;
  /** Never kept, not even in memory: the answer is checked and forgotten. */
  readonly secret?: boolean;
}

export interface TextField extends FieldBase {
  readonly kind: 'text' | 'email' | 'tel' | 'date' | 'number' | 'password' | 'textarea' | 'url';
  readonly autocomplete?: string;
  readonly inputMode?: 'numeric' | 'decimal' | 'tel' | 'email';
  readonly pattern?: RegExp;
  readonly problem?: string;
  readonly maxLength?: number;
  readonly min?: number | string;
  readonly max?: number | string;
}

export interface RangeField extends FieldBase {
  readonly kind: 'range';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly unit: string;
}

export interface ChoiceField extends FieldBase {
  readonly kind: 'select' | 'radios' | 'checkboxes';
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly autocomplete?: string;
}

export interface TickField extends FieldBase {
  readonly kind: 'tick';
}

export interface FileField extends FieldBase {
  readonly kind: 'file';
  readonly accept: string;
}

export type Field = TextField | RangeField | ChoiceField | TickField | FileField;

export interface FieldGroup {
  readonly legend: string;
  readonly intro?: string;
  readonly fields: readonly Field[];
}
