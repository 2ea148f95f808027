/** Whether a visitor may be asked for a consent: only where a child of the site's audience has been ruled out. */

/** Who comes to a site, as its customer says. */
export type Audience = 'general' | 'mayBeChildren' | 'noChildren';

export interface AgeFacts {
  readonly audience: Audience;
  /** The version of the ages under which the visitor said that they are of age; undefined: they did not. */
  readonly ofAgeBy: string | undefined;
}

/**
 * No parent's yes is taken: nothing here could show that it is a parent's (GDPR Art. 8(2)). So without the visitor's own
 * word nothing is asked of them that rests on consent.
 */
export function mayConsent({ audience, ofAgeBy }: AgeFacts): boolean {
  return audience === 'general' || ofAgeBy !== undefined;
}

/** What the visitor's answer comes to before anything of them is taken. `undefined`: they were not asked, or did not say. */
export function mayBegin(audience: Audience, ofAge: boolean | undefined): boolean {
  if (audience === 'general') return ofAge === undefined;
  return audience === 'noChildren' ? ofAge === true : ofAge !== undefined;
}
