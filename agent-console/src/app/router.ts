/** The addresses of the console's screens, and going from one to the other without loading the page anew. */

import { Store } from './store.js';

export type Route =
  | { readonly screen: 'queue' }
  | { readonly screen: 'engagement'; readonly id: string }
  | { readonly screen: 'records' }
  | { readonly screen: 'record'; readonly id: string }
  | { readonly screen: 'admin'; readonly section: AdminSection }
  | { readonly screen: 'site'; readonly id: string; readonly tab: SiteTab }
  | { readonly screen: 'rights' }
  | { readonly screen: 'statistics' }
  | { readonly screen: 'case'; readonly id: string }
  | { readonly screen: 'ownCase' }
  | { readonly screen: 'refer'; readonly siteKey: string }
  | { readonly screen: 'restore' }
  | { readonly screen: 'signUp' }
  | { readonly screen: 'enrol' }
  | { readonly screen: 'notFound' };

export const adminSections = [
  'customer',
  'agreements',
  'contracts',
  'register',
  'recipients',
  'disclosures',
  'retention',
  'sites',
  'documents',
  'people',
  'audit',
] as const;
export type AdminSection = (typeof adminSections)[number];
export const siteTabs = ['settings', 'notice', 'survey', 'snippet', 'preview'] as const;
export type SiteTab = (typeof siteTabs)[number];

export function parseRoute(path: string): Route {
  const [first, second, third, fourth] = path.split('/').filter((part) => part !== '');
  if (first === undefined || first === 'queue') return { screen: 'queue' };
  if (first === 'request') return { screen: 'ownCase' };
  if (first === 'ask') return { screen: 'refer', siteKey: second ?? '' };
  if (first === 'restore') return { screen: 'restore' };
  if (first === 'sign-up') return { screen: 'signUp' };
  if (first === 'enrol') return { screen: 'enrol' };
  if (first === 'engagements' && second !== undefined) return { screen: 'engagement', id: second };
  if (first === 'records')
    return second === undefined ? { screen: 'records' } : { screen: 'record', id: second };
  if (first === 'statistics') return { screen: 'statistics' };
  if (first === 'rights') return second === undefined ? { screen: 'rights' } : { screen: 'case', id: second };
  if (first !== 'admin') return { screen: 'notFound' };
  if (second === 'sites' && third !== undefined) {
    const tab = siteTabs.find((each) => each === fourth) ?? 'settings';
    return { screen: 'site', id: third, tab };
  }
  const section = adminSections.find((each) => each === (second ?? 'customer'));
  return section === undefined ? { screen: 'notFound' } : { screen: 'admin', section };
}

export function pathOf(route: Route): string {
  switch (route.screen) {
    case 'queue':
    case 'records':
    case 'rights':
    case 'statistics':
    case 'restore':
      return `/${route.screen}`;
    case 'ownCase':
      return '/request';
    case 'refer':
      return `/ask/${route.siteKey}`;
    case 'signUp':
      return '/sign-up';
    case 'enrol':
      return '/enrol';
    case 'engagement':
      return `/engagements/${route.id}`;
    case 'record':
      return `/records/${route.id}`;
    case 'case':
      return `/rights/${route.id}`;
    case 'admin':
      return `/admin/${route.section}`;
    case 'site':
      return `/admin/sites/${route.id}/${route.tab}`;
    case 'notFound':
      return '/';
  }
}

const current = new Store<Route>(parseRoute(globalThis.location?.pathname ?? '/'));
globalThis.addEventListener?.('popstate', () => current.set(parseRoute(location.pathname)));

/** The screen that is shown. */
export const route: Pick<Store<Route>, 'value' | 'subscribe'> = current;

export function go(to: Route, how: 'push' | 'replace' = 'push'): void {
  const path = pathOf(to);
  if (how === 'push' && path !== location.pathname) history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  current.set(to);
}
