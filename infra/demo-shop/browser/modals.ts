/** Opens and closes the page's modals: native dialogs, and the ones that are only `div`s. */

/** What opened the `div` modal, to be focused again when it closes. */
let opener: HTMLElement | undefined;

export function openModals(): void {
  document.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element
        ? event.target.closest<HTMLElement>('[data-opens], [data-closes]')
        : null;
    if (button === null) return;
    const { opens, closes } = button.dataset;
    if (opens !== undefined) open(document.getElementById(opens), button);
    if (closes !== undefined) closeOverlay(document.getElementById(closes));
  });
  for (const overlay of document.querySelectorAll<HTMLElement>('.overlay')) {
    overlay.addEventListener('keydown', (event) => onOverlayKey(overlay, event));
    overlay.addEventListener('click', (event) => {
      if (event.target === overlay) closeOverlay(overlay);
    });
  }
}

function open(modal: HTMLElement | null, from: HTMLElement): void {
  if (modal instanceof HTMLDialogElement) modal.showModal();
  else if (modal !== null) openOverlay(modal, from);
}

/** Nothing else on the page may be reached while it is open; `inert` does that for everything beside it. */
function openOverlay(overlay: HTMLElement, from: HTMLElement): void {
  opener = from;
  document.body.append(overlay);
  for (const sibling of pageParts(overlay)) sibling.inert = true;
  overlay.hidden = false;
  overlay.querySelector<HTMLElement>('[role="dialog"]')?.focus();
}

function closeOverlay(overlay: HTMLElement | null): void {
  if (overlay === null || overlay.hidden) return;
  overlay.hidden = true;
  for (const sibling of pageParts(overlay)) sibling.inert = false;
  opener?.focus();
  opener = undefined;
}

/** The page's own landmarks only: what others have added to the body is left alone. */
function pageParts(overlay: HTMLElement): readonly HTMLElement[] {
  return Array.from(
    document.querySelectorAll<HTMLElement>('body > .skip-link, body > header, body > main, body > footer'),
  ).filter((part) => part !== overlay);
}

function onOverlayKey(overlay: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  closeOverlay(overlay);
}
