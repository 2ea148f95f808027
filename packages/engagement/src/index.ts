/** The one door of the engagement package. */
export * from './clock.js';
export * from './deadline.js';
export * from './engagement.js';
export * from './engagement-view.js';
export * from './from-ledger.js';
export * from './happening.js';
export * from './journal.js';
export * from './leased-act.js';
export * from './outcome.js';
export * from './permission.js';
export { transition, undo } from './transition.js';
