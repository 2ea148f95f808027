/** A link within the console: it has a real address, and goes there without loading the page anew. */

import type { ReactNode } from 'react';
import type { Route } from '../app/router.js';
import { go, pathOf } from '../app/router.js';

export function Link({
  to,
  children,
  className,
  current,
  label,
}: {
  readonly to: Route;
  readonly children: ReactNode;
  readonly className?: string;
  /** The screen that is shown now. */
  readonly current?: boolean;
  readonly label?: string;
}) {
  return (
    <a
      href={pathOf(to)}
      className={className}
      aria-current={current === true ? 'page' : undefined}
      aria-label={label}
      onClick={(event) => {
        // Another tab or window was asked for: the browser knows how.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
