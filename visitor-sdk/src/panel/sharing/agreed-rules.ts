/**
 * Under which rules the page shows itself: those that the visitor agreed to and every one that came since. So it
 * can only become stricter, until the visitor says yes anew.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import { strictestMasking } from '@alongside/protocol';
import type { TabMemory } from '../session/tab-memory.js';

/** The consent to be watched: its name in the ledger, and when it was given, by the server's clock. */
export interface GivenConsent {
  readonly name: string;
  readonly since: number;
}

/** What the site says now, and since when. */
export interface SiteRulesNow {
  readonly masking: MaskingPolicy;
  readonly maskingChangedAt: number;
}

/** More changes than these within one consent: nothing but structure is shown from then on. */
const MOST = 12;

export class AgreedRules {
  readonly #memory: TabMemory;
  #asked: MaskingPolicy | undefined;

  constructor(memory: TabMemory) {
    this.#memory = memory;
  }

  /** The visitor says yes to what the site masks by these rules. */
  agreeTo(masking: MaskingPolicy): void {
    this.#asked = masking;
    this.#memory.set('rules', undefined);
  }

  /** The rules that hold for this consent; of all of them the strictest counts at each element. */
  holdingFor(consent: GivenConsent, now: SiteRulesNow): readonly MaskingPolicy[] {
    const before = this.#remembered(consent) ?? this.#agreed(consent, now);
    const isNew = !before.some((each) => JSON.stringify(each) === JSON.stringify(now.masking));
    const rules = isNew ? [...before, now.masking] : before;
    const held = rules.length > MOST ? [strictestMasking, now.masking] : rules;
    this.#asked = undefined;
    this.#memory.set('rules', JSON.stringify({ consent: consent.name, rules: held }));
    return held;
  }

  /** A page that knows of no yes was not there for it: what has changed since may be looser than what was agreed to. */
  #agreed({ since }: GivenConsent, now: SiteRulesNow): readonly MaskingPolicy[] {
    if (this.#asked !== undefined) return [this.#asked];
    return [now.maskingChangedAt <= since ? now.masking : strictestMasking];
  }

  #remembered({ name }: GivenConsent): readonly MaskingPolicy[] | undefined {
    const text = this.#memory.get('rules');
    if (text === undefined) return undefined;
    try {
      const { consent, rules }: { consent?: unknown; rules?: unknown } = JSON.parse(text);
      if (consent !== name || !Array.isArray(rules) || rules.length === 0) return undefined;
      return rules.map(asPolicy);
    } catch {
      // Written by somebody else: then nothing is known of what was agreed to.
      return undefined;
    }
  }
}

/** A page may write what it likes into its own storage; what is no policy is taken for the strictest. */
function asPolicy(value: unknown): MaskingPolicy {
  const policy = value as Partial<MaskingPolicy> | null;
  const lists = [
    policy?.maskSelectors,
    policy?.blockSelectors,
    policy?.allowSelectors,
    policy?.noControlSelectors,
  ];
  const extra = [policy?.nets, policy?.maskPages, policy?.blockPages, policy?.showPages];
  const isList = (list: unknown): boolean =>
    Array.isArray(list) && list.every((item: unknown) => typeof item === 'string');
  const isPolicy =
    (policy?.text === 'masked' || policy?.text === 'shown') &&
    lists.every(isList) &&
    extra.every((list) => list === undefined || isList(list));
  return isPolicy ? (policy as MaskingPolicy) : strictestMasking;
}
