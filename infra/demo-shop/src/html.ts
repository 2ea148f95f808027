/** Writes HTML so that everything interpolated is escaped unless it is markup already. */

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that has been through `html` and may be written to a page as it stands. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Interpolated = Markup | string | number | false | undefined | readonly Interpolated[];

function render(value: Interpolated): string {
  if (value === false || value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value).replace(/[&<>"']/g, (found) => escapes[found] ?? '');
  }

  return value.map(render).join('');
}

/** Attribute values must be written inside quotation marks: the escape covers both kinds of them. */
export function html(parts: TemplateStringsArray, ...values: readonly Interpolated[]): Markup {
  let text = parts[0] ?? '';
  values.forEach((value, index) => {
    text += render(value) + (parts[index + 1] ?? '');
  });

  return new Markup(text);
}
