/** The sentences of one language; the build makes a panel for each. */
declare module 'alongside:catalogue' {
  export const catalogue: import('../panel/messages/catalogue.js').Catalogue;
}
