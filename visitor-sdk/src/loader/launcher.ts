/** The button that a visitor presses for help. It is all there is until they do. */

import { readAccent } from '../embedding/accent.js';
import type { ShadowHost } from '../embedding/shadow-host.js';
import launcherStyles from './launcher.css';

export { launcherStyles };

const labels = {
  en: {
    help: 'Help',
    unread: 'Help, {n} unread',
    trouble: 'Help cannot be loaded right now. Please try again.',
  },
  de: {
    help: 'Hilfe',
    unread: 'Hilfe, {n} ungelesen',
    trouble: 'Die Hilfe lässt sich gerade nicht laden. Bitte versuchen Sie es noch einmal.',
  },
} as const;

export interface LauncherSettings {
  readonly language: keyof typeof labels;
  readonly accent: string | undefined;
}

export class Launcher {
  readonly #button: HTMLButtonElement;
  /** In place before it says anything: screen readers tell what changes, not what comes. */
  readonly #trouble: HTMLParagraphElement;
  readonly #words: (typeof labels)[keyof typeof labels];

  constructor(shadow: ShadowHost, settings: LauncherSettings, onPress: () => void) {
    this.#words = labels[settings.language];
    const { accent, onAccent } = readAccent(settings.accent);
    shadow.host.style.setProperty('--accent', accent);
    shadow.host.style.setProperty('--on-accent', onAccent);
    this.#button = document.createElement('button');
    this.#button.type = 'button';
    this.#button.className = 'launcher';
    this.#button.lang = settings.language;
    this.#button.setAttribute('aria-expanded', 'false');
    this.#button.append(icon(), this.#words.help);
    this.#button.addEventListener('click', onPress);
    this.#trouble = document.createElement('p');
    this.#trouble.className = 'trouble';
    this.#trouble.lang = settings.language;
    this.#trouble.setAttribute('role', 'status');
    shadow.root.append(this.#trouble, this.#button);
  }

  /** The panel takes the launcher's place while it is open. */
  showOpen(open: boolean): void {
    this.#button.hidden = open;
    this.#button.setAttribute('aria-expanded', String(open));
    if (open) this.showUnread(0);
  }

  showBusy(busy: boolean): void {
    this.#button.toggleAttribute('data-busy', busy);
    this.#button.setAttribute('aria-busy', String(busy));
  }

  /** The panel's file did not come, so that there is nobody else to say it. */
  showTrouble(is: boolean): void {
    this.#trouble.textContent = is ? this.#words.trouble : '';
  }

  showUnread(count: number): void {
    if (count === 0) {
      this.#button.removeAttribute('data-unread');
      this.#button.removeAttribute('aria-label');
    } else {
      this.#button.setAttribute('data-unread', String(Math.min(count, 99)));
      this.#button.setAttribute('aria-label', this.#words.unread.replace('{n}', String(count)));
    }
  }

  focus(): void {
    this.#button.focus();
  }
}

/** Built node by node: markup in a string would be refused where the page demands Trusted Types. */
function icon(): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', 'M4 5h16v11H10l-4 4v-4H4zM8.5 10.5h.01M12 10.5h.01M15.5 10.5h.01');
  svg.append(path);
  return svg;
}
