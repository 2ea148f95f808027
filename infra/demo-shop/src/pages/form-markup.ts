/** Writes the questions of a step as labelled controls, each with its hint and its problem tied to it. */
import type {
  ChoiceField,
  Field,
  FieldGroup,
  FileField,
  RangeField,
  TextField,
  TickField,
} from '../form-field.js';
import { html, type Markup } from '../html.js';

/** What the form shows beside the questions: earlier answers and what is wrong with the last ones. */
export interface FormState {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly problems: ReadonlyMap<string, string>;
}

export function fieldGroup(group: FieldGroup, state: FormState): Markup {
  return html`<fieldset class="panel">
<legend>${group.legend}</legend>
${group.intro !== undefined && html`<p class="quiet">${group.intro}</p>`}
<div class="fields">
${group.fields.map((field) => fieldMarkup(field, state))}
</div>
</fieldset>`;
}

export function problemSummary(fields: readonly Field[], state: FormState): Markup | undefined {
  if (state.problems.size === 0) return undefined;
  const entries = fields.flatMap((field) => {
    const problem = state.problems.get(field.name);

    return problem === undefined
      ? []
      : [html`<li><a href="#${anchorOf(field)}">${field.label}</a>: ${problem}</li>`];
  });

  return html`<div class="panel summary" role="alert" tabindex="-1" data-focus-first>
<h2>Please check ${entries.length === 1 ? 'one answer' : `${entries.length} answers`}</h2>
<ul>${entries}</ul>
</div>`;
}

/** A set of radio buttons or boxes has no element of its own name: its first button is the place to go to. */
function anchorOf(field: Field): string {
  return field.kind === 'radios' || field.kind === 'checkboxes'
    ? `${field.name}-${field.options[0]?.[0]}`
    : field.name;
}

function fieldMarkup(field: Field, state: FormState): Markup {
  switch (field.kind) {
    case 'select':
      return labelled(field, state, selectControl(field, state));
    case 'radios':
    case 'checkboxes':
      return buttonSet(field, state);
    case 'tick':
      return tick(field, state);
    case 'range':
      return range(field, state);
    case 'file':
      return labelled(field, state, fileControl(field, state));
    case 'textarea':
      return labelled(field, state, areaControl(field, state));
    default:
      return labelled(field, state, inputControl(field, state));
  }
}

function labelled(field: Field, state: FormState, control: Markup): Markup {
  return html`<div class="field${field.wide === true && ' wide'}">
<label for="${field.name}">${field.label}${field.required !== true && html` <span class="optional">(optional)</span>`}</label>
${notes(field, state)}
${control}
</div>`;
}

function notes(field: Field, state: FormState): Markup {
  const problem = state.problems.get(field.name);

  return html`${field.hint !== undefined && html`<p class="hint" id="${field.name}-hint">${field.hint}</p>`}${problem !== undefined && html`<p class="problem" id="${field.name}-problem">${problem}</p>`}`;
}

/** The attributes that every control shares. */
function common(field: Field, state: FormState): Markup {
  const problem = state.problems.has(field.name);
  const described = [
    field.hint !== undefined && `${field.name}-hint`,
    problem && `${field.name}-problem`,
  ].filter((id) => id !== false);

  return html`${field.required === true && html` required`}${field.marking !== undefined && html` data-alongside="${field.marking}"`}${described.length > 0 && html` aria-describedby="${described.join(' ')}"`}${problem && html` aria-invalid="true"`}`;
}

function completion(name: string | undefined): Markup | undefined {
  return name === undefined ? undefined : html` autocomplete="${name}"`;
}

function inputControl(field: TextField, state: FormState): Markup {
  const value = field.secret === true ? '' : (state.values.get(field.name)?.[0] ?? '');
  const mode = field.inputMode !== undefined && html` inputmode="${field.inputMode}"`;
  const bounds = html`${field.min !== undefined && html` min="${field.min}"`}${field.max !== undefined && html` max="${field.max}"`}`;

  return html`<input id="${field.name}" name="${field.name}" type="${field.kind}" value="${value}"${completion(field.autocomplete)}${mode}${bounds}${common(field, state)}>`;
}

function areaControl(field: TextField, state: FormState): Markup {
  return html`<textarea id="${field.name}" name="${field.name}" rows="4"${common(field, state)}>${state.values.get(field.name)?.[0] ?? ''}</textarea>`;
}

function selectControl(field: ChoiceField, state: FormState): Markup {
  const chosen = state.values.get(field.name)?.[0] ?? '';
  const options = field.options.map(
    ([value, label]) =>
      html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`,
  );

  return html`<select id="${field.name}" name="${field.name}"${completion(field.autocomplete)}${common(field, state)}>${options}</select>`;
}

function fileControl(field: FileField, state: FormState): Markup {
  return html`<input id="${field.name}" name="${field.name}" type="file" accept="${field.accept}"${common(field, state)}>`;
}

function buttonSet(field: ChoiceField, state: FormState): Markup {
  const chosen = state.values.get(field.name) ?? [];
  const type = field.kind === 'radios' ? 'radio' : 'checkbox';
  const required = field.kind === 'radios' && field.required === true;
  const buttons = field.options.map(([value, label]) => {
    const id = `${field.name}-${value}`;

    return html`<div class="choice"><input id="${id}" name="${field.name}" type="${type}" value="${value}"${chosen.includes(value) && html` checked`}${required && html` required`}><label for="${id}">${label}</label></div>`;
  });
  const described = state.problems.has(field.name) && html` aria-describedby="${field.name}-problem"`;

  return html`<div class="field wide" role="${field.kind === 'radios' ? 'radiogroup' : 'group'}" aria-labelledby="${field.name}-label"${described}>
<span class="label" id="${field.name}-label">${field.label}</span>
${notes(field, state)}
<div class="choices">${buttons}</div>
</div>`;
}

function tick(field: TickField, state: FormState): Markup {
  const checked = state.values.get(field.name)?.[0] === 'yes';

  return html`<div class="field wide">
${notes(field, state)}
<div class="choice"><input id="${field.name}" name="${field.name}" type="checkbox" value="yes"${checked && html` checked`}${common(field, state)}><label for="${field.name}">${field.label}</label></div>
</div>`;
}

function range(field: RangeField, state: FormState): Markup {
  const value = state.values.get(field.name)?.[0] ?? String(field.value);

  return html`<div class="field wide">
<label for="${field.name}">${field.label}</label>
${notes(field, state)}
<div class="range"><input id="${field.name}" name="${field.name}" type="range" min="${field.min}" max="${field.max}" step="${field.step}" value="${value}"${common(field, state)}><output for="${field.name}" data-range-output="${field.name}" data-unit="${field.unit}" data-alongside="allow">${value} ${field.unit}</output></div>
</div>`;
}
