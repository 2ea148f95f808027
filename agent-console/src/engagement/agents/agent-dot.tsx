/** The colour in which an agent points and draws, on every side the same. */

import { colourOf } from '@alongside/protocol';

export function AgentDot({ place }: { readonly place: number }) {
  return <span className="agent-dot" style={{ backgroundColor: colourOf(place) }} aria-hidden="true" />;
}
