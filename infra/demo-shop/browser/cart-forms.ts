/** Makes the cart's forms answer at once; without this script they work as plain forms. */
import { addToCart, type CartState, setQuantity, showCents } from './shop-requests.js';

export function keepCartLive(): void {
  const adding = document.querySelector<HTMLFormElement>('[data-adds-to-cart]');
  adding?.addEventListener('submit', (event) => {
    event.preventDefault();
    void add(adding);
  });
  const changing = document.querySelector<HTMLFormElement>('[data-changes-cart]');
  changing?.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement) void change(event.target);
  });
}

async function add(form: HTMLFormElement): Promise<void> {
  const data = new FormData(form);
  const slug = String(data.get('slug'));
  const quantity = Number(data.get('quantity'));
  const cart = await addToCart(slug, quantity);
  if (cart === undefined) {
    // The plain form shows the shop's own words for what is wrong; `submit()` does not run this listener again.
    form.submit();
    return;
  }
  showCount(cart);
  const dialog = document.querySelector<HTMLDialogElement>('#added');
  const text = dialog?.querySelector('[data-added-text]');
  if (text) text.textContent = `${cart.count} in the cart, ${showCents(cart.totalCents)} together.`;
  dialog?.showModal();
}

async function change(input: HTMLInputElement): Promise<void> {
  const { slug } = input.dataset;
  if (slug === undefined || input.value === '' || !input.checkValidity()) return;
  const cart = await setQuantity(slug, Number(input.value));
  if (cart === undefined) return;
  if (cart.lines.every((line) => line.slug !== slug)) {
    location.reload();
    return;
  }
  showCount(cart);
  for (const line of cart.lines) write(`[data-line-sum="${line.slug}"]`, showCents(line.lineCents));
  write('[data-subtotal]', showCents(cart.subtotalCents));
  write('[data-discount]', `−${showCents(cart.discountCents)}`);
  write('[data-total]', showCents(cart.totalCents));
}

function showCount(cart: CartState): void {
  write('[data-cart-count]', String(cart.count));
}

function write(selector: string, text: string): void {
  const element = document.querySelector(selector);
  if (element !== null) element.textContent = text;
}
