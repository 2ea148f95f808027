/** Moves the instalments with the range control. */
import { fetchQuote, showCents } from './shop-requests.js';

export function keepQuoteLive(): void {
  for (const output of document.querySelectorAll<HTMLOutputElement>('[data-range-output]')) {
    const range = document.querySelector<HTMLInputElement>(`#${output.dataset.rangeOutput ?? ''}`);
    range?.addEventListener('input', () => {
      output.value = `${range.value} ${output.dataset.unit ?? ''}`;
      void showQuote(range);
    });
  }
}

async function showQuote(range: HTMLInputElement): Promise<void> {
  const panel = document.querySelector<HTMLElement>('[data-quote]');
  const months = Number(range.value);
  const quote = await fetchQuote(Number(panel?.dataset.amountCents), months);
  // The control may have moved on while the shop reckoned: an older answer must not overwrite a newer one.
  if (panel === null || quote === undefined || quote.months !== Number(range.value)) return;
  write(panel, '[data-quote-months]', String(quote.months));
  write(panel, '[data-quote-monthly]', showCents(quote.monthlyCents));
  write(panel, '[data-quote-total]', showCents(quote.totalCents));
}

function write(panel: HTMLElement, selector: string, text: string): void {
  const element = panel.querySelector(selector);
  if (element !== null) element.textContent = text;
}
