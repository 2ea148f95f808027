/** The frame of a screen: its heading, what can be done here, and its content. */

import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';

export function Page({
  title,
  intro,
  actions,
  lead,
  children,
  narrow = false,
}: {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
  /** What comes before the heading, as a way back. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  readonly narrow?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Going to a screen is announced by its heading, as loading a page would be.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <header className="page-head">
        <div>
          {lead}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {intro === undefined ? undefined : <p className="page-intro">{intro}</p>}
        </div>
        {actions === undefined ? undefined : <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children === undefined ? undefined : <p>{children}</p>}
      {action}
    </div>
  );
}

export function Card({
  title,
  children,
  aside,
}: {
  readonly title?: string;
  readonly children: ReactNode;
  readonly aside?: ReactNode;
}) {
  return (
    <section className="card">
      {title === undefined ? undefined : (
        <header className="card-head">
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}
