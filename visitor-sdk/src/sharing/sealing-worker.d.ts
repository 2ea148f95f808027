/** The program of the sealing worker as text; the build bundles it. */
declare module 'alongside:sealing-worker' {
  export const sealingWorkerSource: string;
}
