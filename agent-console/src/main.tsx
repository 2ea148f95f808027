/** Starts the console, or the one page of it that nobody signs in to: an expert's, at a link. */

import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { applyPreferences } from './app/preferences.js';
import { Session } from './session/session.js';

applyPreferences();
const root = document.getElementById('root');
if (root !== null) {
  if (location.pathname === '/expert')
    void import('./expert/expert-page.js').then(({ ExpertPage }) => show(root, <ExpertPage />));
  else startConsole(root);
}

function startConsole(place: HTMLElement): void {
  const session = new Session();
  void session.start();
  show(place, <App session={session} />);
}

function show(place: HTMLElement, page: ReactNode): void {
  createRoot(place).render(<StrictMode>{page}</StrictMode>);
}
