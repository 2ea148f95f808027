/** The single-page part: a small router over the history, which draws one question or the answer per address. */

import { type Question, questions } from './finder-questions.js';
import { drawQuestion, drawResult, type FinderView } from './finder-views.js';
import { type Bicycle, fetchBicycles } from './shop-requests.js';

/** Keyed by the question's name; it lives in the address, so a reload and the back button keep it. */
type Choices = ReadonlyMap<string, string>;

const start = '/finder';

export function startFinder(): void {
  const root = document.querySelector<HTMLElement>('[data-finder]');
  const view = root?.querySelector<HTMLElement>('[data-finder-view]');
  const title = root?.querySelector<HTMLElement>('[data-finder-title]');
  const lead = root?.querySelector<HTMLElement>('[data-finder-lead]');
  if (!root || !view || !title || !lead) return;
  new Finder({ view, title, lead }).start();
}

class Finder {
  readonly #view: FinderView;
  #bicycles: readonly Bicycle[] | undefined;

  constructor(view: FinderView) {
    this.#view = view;
  }

  start(): void {
    window.addEventListener('popstate', () => void this.#draw());
    this.#view.view.addEventListener('click', (event) => this.#followLink(event));
    this.#view.view.addEventListener('submit', (event) => this.#takeAnswer(event));
    void this.#draw({ first: true });
  }

  #go(path: string, choices: Choices): void {
    const query = new URLSearchParams([...choices]).toString();
    history.pushState(null, '', query === '' ? path : `${path}?${query}`);
    void this.#draw();
  }

  #followLink(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link === null || !plain || !link.pathname.startsWith(start)) return;
    event.preventDefault();
    this.#go(link.pathname, new Map(new URLSearchParams(link.search)));
  }

  #takeAnswer(event: SubmitEvent): void {
    event.preventDefault();
    const question = currentQuestion();
    if (question === undefined || !(event.target instanceof HTMLFormElement)) return;
    const answer = new FormData(event.target).get(question.name);
    if (typeof answer !== 'string') return;
    const choices = new Map(currentChoices()).set(question.name, answer);
    const next = questions[questions.indexOf(question) + 1];
    this.#go(next === undefined ? `${start}/result` : `${start}/${next.name}`, choices);
  }

  /** The title tells screen readers of the new view; on the first one the browser has done so itself. */
  async #draw({ first = false } = {}): Promise<void> {
    const address = location.href;
    const question = currentQuestion();
    if (question !== undefined) {
      drawQuestion(this.#view, question, currentChoices());
    } else {
      this.#bicycles ??= await fetchBicycles();
      // The visitor may have gone on while the list was on its way.
      if (location.href !== address) return;
      drawResult(this.#view, this.#bicycles, currentChoices());
    }
    document.title = `${this.#view.title.textContent} · Hazel & Spoke`;
    if (!first) this.#view.title.focus();
  }
}

/** Any unknown address below the start asks the first question again. */
function currentQuestion(): Question | undefined {
  const name = location.pathname.slice(start.length + 1);

  return name === 'result'
    ? undefined
    : (questions.find((question) => question.name === name) ?? questions[0]);
}

function currentChoices(): Choices {
  return new Map(new URLSearchParams(location.search));
}
