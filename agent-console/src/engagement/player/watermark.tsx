/** Who looks, faintly over all that is shown: whoever photographs the page photographs this as well. */

import { useId } from 'react';

export interface WatermarkProps {
  readonly name: string;
  readonly agentId: string;
}

export function Watermark({ name, agentId }: WatermarkProps) {
  const id = useId();
  return (
    <svg className="watermark" aria-hidden="true" focusable="false" data-testid="watermark">
      <defs>
        <pattern
          id={id}
          width="420"
          height="160"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-24)"
        >
          <text x="0" y="40">{`${name} · ${agentId.slice(0, 8)}`}</text>
          <text x="180" y="120">{`${name} · ${agentId.slice(0, 8)}`}</text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}
