/** The program of the worker that seals calls, as text; the build bundles it. */
declare module 'alongside:call-worker' {
  export const callWorkerSource: string;
}
