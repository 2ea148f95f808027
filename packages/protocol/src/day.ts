/** A day, as registers and contracts name one: there is such a day, which its form alone does not say. */

import * as v from 'valibot';

export const Day = v.pipe(
  v.string(),
  v.isoDate(),
  v.check((text) => {
    const at = Date.parse(`${text}T00:00:00Z`);
    return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
  }),
);
