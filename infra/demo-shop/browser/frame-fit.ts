/** `<frame-fit>`: finds the frame size from the inside leg, in an open shadow root with adopted sheets and slots. */

const css = `
:host { display: block; }
.row { display: flex; flex-wrap: wrap; gap: 0.75rem 1.25rem; align-items: end; margin-block: 1rem; }
label { display: block; font-weight: 600; margin-block-end: 0.35rem; }
input {
  font: inherit; color: inherit; background: var(--field); inline-size: 7.5rem;
  border: 1px solid var(--edge-strong); border-radius: var(--radius-small); padding: 0.55rem 0.7rem;
}
input:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
output { font-size: 1.15rem; font-weight: 600; padding-block: 0.5rem; }
::slotted(*) { margin: 0; color: var(--quiet); }
::slotted([slot='lead']) { color: var(--ink); }
`;

const sizes: readonly (readonly [upToCm: number, name: string])[] = [
  [70, 'Too short for our frames: look at Wren'],
  [77, 'Small, 49 cm'],
  [84, 'Medium, 54 cm'],
  [92, 'Large, 59 cm'],
];

function sizeFor(insideLegCm: number): string {
  if (!Number.isFinite(insideLegCm) || insideLegCm <= 0) return 'Enter your inside leg';

  return sizes.find(([upToCm]) => insideLegCm < upToCm)?.[1] ?? 'Longer than our frames: please write to us';
}

/** The element needs the DOM's classes when it is made, so they are named only when it is defined. */
export function defineFrameFit(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);

  class FrameFit extends HTMLElement {
    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      root.append(slot('lead'), row(), slot());
    }
  }

  customElements.define('frame-fit', FrameFit);
}

function slot(name?: string): HTMLSlotElement {
  const element = document.createElement('slot');
  if (name !== undefined) element.name = name;

  return element;
}

function row(): HTMLElement {
  const input = document.createElement('input');
  input.id = 'inside-leg';
  input.type = 'number';
  input.min = '40';
  input.max = '110';
  input.inputMode = 'numeric';
  const label = document.createElement('label');
  label.htmlFor = input.id;
  label.textContent = 'Inside leg, in cm';
  const output = document.createElement('output');
  output.htmlFor.add(input.id);
  output.value = sizeFor(Number.NaN);
  input.addEventListener('input', () => {
    output.value = sizeFor(input.valueAsNumber);
  });
  const field = document.createElement('div');
  field.append(label, input);
  const element = document.createElement('div');
  element.className = 'row';
  element.append(field, output);

  return element;
}
