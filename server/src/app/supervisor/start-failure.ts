/** Why the installation does not start, in one line for a person that names the remedy. */

export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}
