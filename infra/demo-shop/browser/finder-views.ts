/** Draws the finder's views into the page. */
import type { Question } from './finder-questions.js';
import { type Bicycle, showCents } from './shop-requests.js';

export interface FinderView {
  readonly view: HTMLElement;
  readonly title: HTMLElement;
  readonly lead: HTMLElement;
}

type Choices = ReadonlyMap<string, string>;

export function drawQuestion({ view, title, lead }: FinderView, question: Question, choices: Choices): void {
  title.textContent = question.title;
  lead.textContent = question.lead;
  const form = make('form', 'panel finder-form');
  const set = make('fieldset');
  const legend = make('legend', 'visually-hidden', question.title);
  set.append(legend);
  for (const [value, label] of question.answers) {
    set.append(answer(question.name, { value, label, chosen: choices.get(question.name) === value }));
  }
  const actions = make('p', 'actions');
  const next = make('button', 'button', 'Next');
  next.type = 'submit';
  actions.append(next);
  form.append(set, actions);
  view.replaceChildren(form);
}

/** The best three that can be paid for; undefined means that the list could not be loaded. */
export function drawResult(
  { view, title, lead }: FinderView,
  bicycles: readonly Bicycle[] | undefined,
  choices: Choices,
): void {
  const highestCents = Number(choices.get('budget') ?? Number.POSITIVE_INFINITY);
  const wishes = [choices.get('use'), choices.get('land')];
  const score = (bicycle: Bicycle): number =>
    wishes.filter((wish) => bicycle.suits.includes(wish ?? '')).length;
  const best = (bicycles ?? [])
    .filter((bicycle) => bicycle.priceCents <= highestCents)
    .sort((a, b) => score(b) - score(a) || a.priceCents - b.priceCents)
    .slice(0, 3);
  title.textContent = best.length > 0 ? 'These would suit you' : 'Nothing fits yet';
  lead.textContent =
    bicycles === undefined
      ? 'The list could not be loaded. Please try again.'
      : 'Ordered by how well they match.';
  const list = make('ul', 'results');
  list.append(...best.map(result));
  const again = make('p', 'actions');
  const link = make('a', 'button plain', 'Start again');
  link.href = '/finder';
  again.append(link);
  view.replaceChildren(list, again);
}

function answer(
  name: string,
  { value, label, chosen }: { value: string; label: string; chosen: boolean },
): HTMLElement {
  const input = make('input');
  input.type = 'radio';
  input.name = name;
  input.value = value;
  input.required = true;
  input.checked = chosen;
  input.id = `${name}-${value}`;
  const text = make('label', '', label);
  text.htmlFor = input.id;
  const choice = make('div', 'choice');
  choice.append(input, text);

  return choice;
}

function result(bicycle: Bicycle): HTMLElement {
  const picture = make('img', 'picture');
  picture.src = `/media/${bicycle.slug}-480.webp`;
  picture.alt = bicycle.pictureAlt;
  picture.width = 160;
  picture.height = 120;
  const link = make('a', '', bicycle.name);
  link.href = `/products/${bicycle.slug}`;
  const name = make('h2');
  name.append(link);
  const text = make('div');
  text.append(name, make('p', '', bicycle.tagline), make('p', 'price', showCents(bicycle.priceCents)));
  const item = make('li', 'panel result');
  item.append(picture, text);

  return item;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;

  return element;
}
