/** `GET /v1/privacy/storage`, for everybody: all that is kept in a visitor's browser, what for and for how long. */

export interface StoredInBrowser {
  readonly where: 'cookie' | 'sessionStorage';
  /** `<site>` stands for eight signs of the site's public key. */
  readonly name: string;
  readonly purpose: string;
  readonly kept: string;
}

export const storedInBrowser: readonly StoredInBrowser[] = [
  {
    ...{ where: 'cookie', name: 'alongside_<site>' },
    purpose:
      'A random secret by which the next page of the site goes on with the same conversation; first-party.',
    kept: '24 hours at most; deleted when the conversation ends',
  },
  {
    ...{ where: 'cookie', name: 'alongside_<site>_left' },
    purpose:
      'The same secret once the site has said that somebody else is here, to end the conversation by it.',
    kept: 'until the service has heard it; 24 hours at most',
  },
  {
    ...{ where: 'cookie', name: 'alongside_<site>_probe' },
    purpose: 'Whether cookies are taken, so that it can be said before anything is shared.',
    kept: 'deleted at once; 60 seconds at most',
  },
  {
    ...{ where: 'sessionStorage', name: 'alongside_<site>' },
    purpose: 'The same secret where cookies are refused, and after the end for the receipt.',
    kept: 'until the tab is closed; good for 24 hours at most',
  },
  {
    ...{ where: 'sessionStorage', name: 'alongside_<site>_left' },
    purpose: 'That secret where cookies are refused.',
    kept: 'until the service has heard it or the tab is closed; good for 24 hours at most',
  },
  {
    ...{ where: 'sessionStorage', name: 'alongside_<site>_probe' },
    purpose: 'Whether this storage is taken, where cookies are not.',
    kept: 'deleted at once',
  },
  {
    ...{ where: 'sessionStorage', name: 'alongside_tab_<site>' },
    purpose:
      'What was open or stopped in this tab, and what shows the agent that the next page is of the same visitor.',
    kept: 'until the tab is closed or the conversation is forgotten',
  },
];
