/** Why the installation does not start, in one line for a person that names the remedy. */

export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}

/** Nobody has to be told: whoever asked for the end knows. */
export class StartInterrupted extends Error {
  override readonly name = 'StartInterrupted';
}
