/** The line under the agent's hand; the visitor's page draws the same, and there it fades by itself. */

import type { Point } from '../control/page-pointer.js';

export function DrawnLines({ line, scale }: { readonly line: readonly Point[]; readonly scale: number }) {
  if (line.length < 2) return undefined;
  return (
    <svg className="drawn" aria-hidden="true" focusable="false">
      <polyline points={line.map(({ x, y }) => `${x * scale},${y * scale}`).join(' ')} />
    </svg>
  );
}
