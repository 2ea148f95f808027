/** What is known of a call while it is joined anew, and what of it says nothing of the next one. */

import { expect, it } from 'vitest';
import { idle, kept } from './call-client-state.js';

it('goes on saying who is out of this call, also where it is joined anew, and not of the next call', () => {
  const told = { ...idle, link: 'joined', flooded: 'visitor' } as const;
  const again = kept('failed')(kept('rejoining')(told));
  expect([again.link, again.flooded]).toEqual(['failed', 'visitor']);
  expect(kept('joining')(again)).not.toHaveProperty('flooded');
});
