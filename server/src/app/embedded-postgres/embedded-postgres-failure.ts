/** Says why the embedded Postgres cannot run here and what a person can do about it; `main` prints it and ends. */

export type EmbeddedPostgresFault =
  | 'noBinaries'
  | 'binariesDoNotRun'
  | 'dataFolderInUse'
  | 'dataFolderUnusable'
  | 'otherVersion'
  | 'doesNotStart';

export class EmbeddedPostgresFailure extends Error {
  readonly fault: EmbeddedPostgresFault;

  constructor(fault: EmbeddedPostgresFault, message: string, options?: ErrorOptions) {
    super(`embedded Postgres: ${message}`, options);
    this.name = 'EmbeddedPostgresFailure';
    this.fault = fault;
  }
}
