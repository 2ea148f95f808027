/** What an element is to a person, as far as acting on it goes. */

import { plainAttribute } from '../masking/attribute-rules.js';

const roles: Readonly<Record<string, string>> = {
  a: 'link',
  area: 'link',
  button: 'button',
  summary: 'button',
  select: 'combobox',
  textarea: 'textbox',
  option: 'option',
  img: 'img',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  dialog: 'dialog',
  nav: 'navigation',
  main: 'main',
  table: 'table',
  tr: 'row',
  td: 'cell',
  th: 'columnheader',
  ul: 'list',
  ol: 'list',
  li: 'listitem',
  form: 'form',
  p: 'paragraph',
};

const inputRoles: Readonly<Record<string, string>> = {
  button: 'button',
  submit: 'button',
  reset: 'button',
  image: 'button',
  checkbox: 'checkbox',
  radio: 'radio',
  range: 'slider',
  number: 'spinbutton',
  search: 'searchbox',
};

/** The role written on the element, or the one its kind has; empty for one without. */
export function roleOf(element: Element): string {
  const written = element.getAttribute('role');
  // Any other word in its place could be somebody's name.
  const known = written === null ? undefined : plainAttribute('role', written, false);
  if (known !== undefined) return known;
  const tag = element.localName.toLowerCase();
  if (tag === 'input') return inputRoles[(element as HTMLInputElement).type] ?? 'textbox';
  return roles[tag] ?? '';
}
