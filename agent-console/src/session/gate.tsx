/** The frame of the screens before signing in. */

import type { ReactNode } from 'react';
import { LookMenu } from '../app/look-menu.js';

export function Gate({
  title,
  intro,
  children,
}: {
  readonly title: string;
  readonly intro?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="gate">
      <header className="gate-head">
        <span className="wordmark">
          <span className="wordmark-sign" aria-hidden="true" />
          Alongside
        </span>
        <LookMenu />
      </header>
      <main className="gate-main">
        <h1>{title}</h1>
        {intro === undefined ? undefined : <p className="gate-intro">{intro}</p>}
        {children}
      </main>
    </div>
  );
}
