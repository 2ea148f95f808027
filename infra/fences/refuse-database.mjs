/** Given to Node with `--import`: whoever loads a database driver or its mapper gets an exception. */

import { register } from 'node:module';

const hook = `
  export async function resolve(specifier, context, next) {
    if (/^(typeorm|pg|reflect-metadata)(\\/|$)/.test(specifier)) {
      throw new Error('the database is out of reach here: ' + specifier);
    }
    return next(specifier, context);
  }
`;

register(`data:text/javascript,${encodeURIComponent(hook)}`);
