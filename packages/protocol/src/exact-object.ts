/**
 * Objects with the fields that are named and no other ones, read from what is their own. The visitor's side runs in
 * a page whose scripts may have given every object an enumerable property, and valibot walks objects by `for in`.
 */

import * as v from 'valibot';

/* @__NO_SIDE_EFFECTS__ */
export function exactObject<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.StrictObjectSchema<Entries, undefined> {
  const schema = v.strictObject(own(entries));
  const run = schema['~run'];
  const runOnOwn: typeof run = (dataset, config) =>
    run.call(schema, { ...dataset, value: own(dataset.value) }, config);
  return Object.assign(schema, { '~run': runOnOwn });
}

/** The object's own fields on one that inherits nothing; anything else as it is. */
function own<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  return Object.assign(Object.create(null) as object, value) as T;
}
