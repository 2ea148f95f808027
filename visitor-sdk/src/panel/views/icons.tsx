/** The few pictures of the panel, drawn with strokes in the text's colour. */

import type { IconName } from './icon-paths.js';
import { iconPaths } from './icon-paths.js';

export function Icon({ name }: { readonly name: IconName }) {
  return <Strokes path={iconPaths[name]} />;
}

export function Strokes({ path }: { readonly path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}
