/** The one door of the engagement package. */
export * from './clock.js';
export * from './journal.js';
