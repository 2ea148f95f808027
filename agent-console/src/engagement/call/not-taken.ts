import type { Failure } from '../../app/failure.js';

/** The service did not take what was given. */
export class NotTaken extends Error {
  readonly code: Failure['code'];

  constructor({ code }: Failure) {
    super(code);
    this.name = 'NotTaken';
    this.code = code;
  }
}
