/** What a person chooses about the console's looks and language; kept in this browser, and nothing else is. */

import type { Language } from '@alongside/protocol';
import { languages } from '@alongside/protocol';
import { Store } from './store.js';

export type Theme = 'system' | 'light' | 'dark';
const themes = ['system', 'light', 'dark'] as const;
const THEME_KEY = 'alongside.theme';
const LANGUAGE_KEY = 'alongside.language';

export const theme = new Store<Theme>(pick(themes, read(THEME_KEY)) ?? 'system');
export const language = new Store<Language>(pick(languages, read(LANGUAGE_KEY)) ?? browserLanguage());

/** Puts the choices on the document, now and whenever they change. */
export function applyPreferences(): void {
  const apply = (): void => {
    const root = document.documentElement;
    if (theme.value === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme.value;
    root.lang = language.value;
  };
  theme.subscribe(apply);
  language.subscribe(apply);
  apply();
}

export function chooseTheme(next: Theme): void {
  write(THEME_KEY, next);
  theme.set(next);
}

export function chooseLanguage(next: Language): void {
  write(LANGUAGE_KEY, next);
  language.set(next);
}

function browserLanguage(): Language {
  const wanted = (globalThis.navigator?.languages ?? []).map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.map((tag) => pick(languages, tag)).find((found) => found !== undefined) ?? 'en';
}

function pick<T extends string>(known: readonly T[], value: string | undefined): T | undefined {
  return known.find((each) => each === value);
}

function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
    return undefined;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above: nothing is lost but the memory of a choice.
  }
}
