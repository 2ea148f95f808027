/** The one door of the protocol package. */
export * from './frame-header.js';
export * from './masking-policy.js';
