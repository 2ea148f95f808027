/** Where the program itself lies. */

export interface Project {
  /** Of the repository, or of what was installed of it. */
  readonly root: string;
  /** The built files of `server/src/app`. */
  readonly folder: string;
}
