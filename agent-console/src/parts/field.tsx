/** Form fields: a label, an optional hint and error, wired together so that a screen reader says all three. */

import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { useId } from 'react';

export interface FieldText {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Said after the label, for fields that may stay empty. */
  readonly optional?: string | undefined;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

function Field({
  text,
  children,
}: {
  readonly text: FieldText;
  readonly children: (wiring: Wiring) => ReactNode;
}) {
  const id = useId();
  const described = [
    text.hint === undefined ? '' : `${id}-hint`,
    text.error === undefined ? '' : `${id}-error`,
  ].filter((each) => each !== '');
  const wiring: Wiring = {
    id,
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
    'aria-invalid': text.error === undefined ? undefined : true,
  };
  return (
    <div className="field">
      <label htmlFor={id}>
        {text.label}
        {text.optional === undefined ? undefined : <span className="field-optional"> {text.optional}</span>}
      </label>
      {children(wiring)}
      {text.hint === undefined ? undefined : (
        <p className="field-hint" id={`${id}-hint`}>
          {text.hint}
        </p>
      )}
      {text.error === undefined ? undefined : (
        <p className="field-error" id={`${id}-error`}>
          {text.error}
        </p>
      )}
    </div>
  );
}

type Input = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'>;

export function TextField({
  label,
  hint,
  error,
  optional,
  onText,
  ...rest
}: FieldText & Input & { readonly value: string; readonly onText: (text: string) => void }) {
  return (
    <Field text={{ label, hint, error, optional }}>
      {(wiring) => <input {...rest} {...wiring} onChange={(event) => onText(event.target.value)} />}
    </Field>
  );
}

type Area = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value'>;

export function TextArea({
  label,
  hint,
  error,
  optional,
  onText,
  ...rest
}: FieldText & Area & { readonly value: string; readonly onText: (text: string) => void }) {
  return (
    <Field text={{ label, hint, error, optional }}>
      {(wiring) => (
        <textarea rows={4} {...rest} {...wiring} onChange={(event) => onText(event.target.value)} />
      )}
    </Field>
  );
}

type Select = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'>;

export function SelectField({
  label,
  hint,
  error,
  optional,
  onText,
  children,
  ...rest
}: FieldText & Select & { readonly value: string; readonly onText: (text: string) => void }) {
  return (
    <Field text={{ label, hint, error, optional }}>
      {(wiring) => (
        <select {...rest} {...wiring} onChange={(event) => onText(event.target.value)}>
          {children}
        </select>
      )}
    </Field>
  );
}

export function CheckField({
  label,
  hint,
  checked,
  onChecked,
  disabled,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className="check">
      <input
        type="checkbox"
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChecked(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? undefined : (
          <p className="field-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

/** A group of fields with a name of its own. */
export function FieldSet({
  legend,
  hint,
  children,
}: {
  readonly legend: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  return (
    <fieldset className="field-set">
      <legend>{legend}</legend>
      {hint === undefined ? undefined : <p className="field-hint">{hint}</p>}
      {children}
    </fieldset>
  );
}
