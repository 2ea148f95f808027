/** A site's settings as they are typed: lists as text with a line for each, and what is wrong with them. */

import type { Language, ScreenPolicy, SiteEdit, SiteShown, TextNet } from '@alongside/protocol';
import { isPagePattern, limits, textNets } from '@alongside/protocol';

export type Audience = NonNullable<SiteEdit['audience']>;
export const audiences: readonly Audience[] = ['general', 'mayBeChildren', 'noChildren'];

export const screenPolicies: readonly ScreenPolicy[] = ['none', 'tab', 'any'];

export interface SiteDraft {
  readonly name: string;
  readonly origins: string;
  readonly countries: readonly string[];
  readonly text: 'masked' | 'shown';
  readonly maskSelectors: string;
  readonly blockSelectors: string;
  readonly allowSelectors: string;
  readonly noControlSelectors: string;
  readonly confirmSelectors: string;
  readonly clicks: 'everywhere' | 'marked';
  readonly nets: readonly TextNet[];
  readonly maskPages: string;
  readonly blockPages: string;
  readonly showPages: string;
  readonly audience: Audience;
  readonly languages: readonly Language[];
  /** A recipient's id; empty = here. */
  readonly deliverTo: string;
  readonly experts: boolean;
  readonly relayOnly: boolean;
  readonly mediaSealed: boolean;
  readonly screens: ScreenPolicy;
  readonly cookieDomain: string;
  readonly accent: string;
  readonly identityKey: string;
}

export const newSite: SiteDraft = {
  name: '',
  origins: '',
  countries: [],
  // Showing text is a choice that somebody has to make.
  text: 'masked',
  maskSelectors: '',
  blockSelectors: '',
  allowSelectors: '',
  noControlSelectors: '',
  confirmSelectors: '',
  clicks: 'everywhere',
  nets: textNets,
  maskPages: '',
  blockPages: '',
  showPages: '',
  audience: 'general',
  languages: ['en'],
  deliverTo: '',
  experts: false,
  relayOnly: false,
  mediaSealed: false,
  // What is shown in a call beyond the page is a choice that somebody has to make.
  screens: 'none',
  cookieDomain: '',
  accent: '',
  identityKey: '',
};

export function draftOf(site: SiteShown): SiteDraft {
  const { masking } = site;
  return {
    name: site.name,
    origins: site.origins.join('\n'),
    countries: site.visitorCountries,
    text: masking.text,
    maskSelectors: masking.maskSelectors.join('\n'),
    blockSelectors: masking.blockSelectors.join('\n'),
    allowSelectors: masking.allowSelectors.join('\n'),
    noControlSelectors: masking.noControlSelectors.join('\n'),
    confirmSelectors: (masking.confirmSelectors ?? []).join('\n'),
    clicks: masking.clicks ?? 'everywhere',
    nets: masking.nets ?? textNets,
    maskPages: (masking.maskPages ?? []).join('\n'),
    blockPages: (masking.blockPages ?? []).join('\n'),
    showPages: (masking.showPages ?? []).join('\n'),
    audience: site.audience ?? 'general',
    languages: site.languages,
    deliverTo: site.deliverTo ?? '',
    experts: site.experts ?? false,
    relayOnly: site.relayOnly ?? false,
    mediaSealed: site.mediaSealed ?? false,
    screens: site.screens ?? 'tab',
    cookieDomain: site.cookieDomain ?? '',
    accent: site.accent ?? '',
    identityKey: site.identityKey ?? '',
  };
}

/** A pasted address is taken for its origin: nobody has to know the difference. */
export function originsIn(text: string): {
  readonly origins: readonly string[];
  readonly wrong: readonly string[];
} {
  const origins: string[] = [];
  const wrong: string[] = [];
  for (const line of linesIn(text)) {
    const withScheme = /^[a-z]+:\/\//i.test(line) ? line : `https://${line}`;
    const origin = originOf(withScheme) ?? 'null';
    if (!/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(origin)) wrong.push(line);
    else if (!origins.includes(origin)) origins.push(origin);
  }
  return { origins, wrong };
}

/** In browsers that have no `URL.canParse` as well. */
export function originOf(address: string): string | undefined {
  try {
    return new URL(address).origin;
  } catch {
    return undefined;
  }
}

export function linesIn(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Selectors that no browser understands; the page would ignore them, and show what they should have hidden. */
export function wrongSelectors(text: string, understands: (selector: string) => boolean): readonly string[] {
  return linesIn(text).filter((line) => line.length > limits.selectorLength || !understands(line));
}

export const pageLists = ['maskPages', 'blockPages', 'showPages'] as const;

/** Lines that are no path, no route and no address with one: the service would not take them. */
export function wrongPages(text: string): readonly string[] {
  return linesIn(text).filter((line) => !isPagePattern(line));
}

export function editOf(draft: SiteDraft): SiteEdit {
  const cookieDomain = draft.cookieDomain.trim().toLowerCase();
  const identityKey = draft.identityKey.trim();
  return {
    name: draft.name.trim(),
    origins: [...originsIn(draft.origins).origins],
    visitorCountries: [...draft.countries],
    masking: {
      text: draft.text,
      maskSelectors: [...linesIn(draft.maskSelectors)],
      blockSelectors: [...linesIn(draft.blockSelectors)],
      allowSelectors: [...linesIn(draft.allowSelectors)],
      noControlSelectors: [...linesIn(draft.noControlSelectors)],
      confirmSelectors: [...linesIn(draft.confirmSelectors)],
      clicks: draft.clicks,
      nets: [...draft.nets],
      maskPages: [...linesIn(draft.maskPages)],
      blockPages: [...linesIn(draft.blockPages)],
      showPages: [...linesIn(draft.showPages)],
    },
    audience: draft.audience,
    languages: [...draft.languages],
    experts: draft.experts,
    relayOnly: draft.relayOnly,
    mediaSealed: draft.mediaSealed,
    screens: draft.screens,
    ...(draft.deliverTo === '' ? {} : { deliverTo: draft.deliverTo }),
    ...(cookieDomain === '' ? {} : { cookieDomain }),
    ...(draft.accent === '' ? {} : { accent: draft.accent }),
    ...(identityKey === '' ? {} : { identityKey }),
  };
}
