/** The one door of the engagement package. */
export * from './journal.js';
