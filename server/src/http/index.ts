/** The one door of HTTP on `records`. */

export {
  makeSigningKeys,
  provideSigningKeys,
  type RecordsLogger,
  type SigningKeys,
} from '../records/index.js';
export { createRecords, type Records, type RecordsOptions } from './create-records.js';
export type { ProofPlaces } from './proof/stored-proof.js';
export type { Route } from './route.js';
export { allRoutes } from './routes/all-routes.js';
export type { SignUp } from './sign-up.js';
