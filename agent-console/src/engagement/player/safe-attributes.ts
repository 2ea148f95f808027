/** Which attributes of a visitor's element are built in the replay: never a handler, never an address to fetch. */

import { assetHashes } from './asset-reference.js';
import { eventLimits, GrammarError } from './event-limits.js';
import { safeCss } from './safe-css.js';

export type AttributeValue = string | number | boolean | null;

const NAME = /^[a-zA-Z_:][\w:.-]{0,127}$/;
const DENIED = new Set(
  `srcdoc action formaction ping http-equiv integrity nonce is target download autofocus autoplay manifest
   background contenteditable accesskey popover popovertarget commandfor command sandbox allow csp rr_src
   rr_medialoop rr_mediastate attributionsrc imagesrcset profile classid codebase archive code usemap
   autocomplete`.split(/\s+/),
);
/** The picture of something that moves: a name of an asset and never an address. */
export const PICTURE_ATTRIBUTE = 'data-alongside-picture';
const ADDRESSES = new Set(
  'data-alongside-picture href xlink:href src srcset poster data cite longdesc rr_dataurl'.split(' '),
);
const SAFE_ADDRESS =
  /^(?:alongside-asset:[A-Za-z0-9_-]{43}|#[\w:.-]*|data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,].*)$/is;
const SAFE_SET = /^(?:\s*alongside-asset:[A-Za-z0-9_-]{43}(?:\s+[\d.]+[wx])?\s*,?)+$/;
/** A browser writes what stands in these into the profile, for a tab that it may have to restore, unless told not to. */
const FIELDS = new Set(['input', 'select', 'textarea', 'form']);
/** These are not drawn from any address, whatever they say. */
const WITHOUT_SOURCE = new Set(['iframe', 'video', 'audio', 'source', 'track', 'embed', 'object', 'portal']);

/** `isPicture`: of what moves. */
export type FoundAsset = (hash: string, isPicture?: boolean) => void;

export interface AttributePlace {
  readonly tag: string;
  readonly found: FoundAsset;
}

/** The attribute as it may be built, or undefined when it may not. */
export function safeAttribute(
  name: string,
  value: unknown,
  place: AttributePlace,
): AttributeValue | undefined {
  const lower = name.toLowerCase();
  if (!NAME.test(name) || lower.startsWith('on') || DENIED.has(lower)) return undefined;
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (lower === '_csstext' || lower === 'style') return safeCss(value, place.found);
  if (ADDRESSES.has(lower)) return safeAddress(lower, value, place);
  if (value.length > eventLimits.attributeLength) throw new GrammarError('tooLong');
  // Presentation attributes of SVG (fill, mask, filter) may name an address as style does.
  return value.includes('(') && /u|\\/i.test(value) ? safeCss(value, place.found) : value;
}

export function safeAttributes(value: unknown, place: AttributePlace): Record<string, AttributeValue> {
  if (typeof value !== 'object' || value === null) throw new GrammarError('malformed');
  const entries = Object.entries(value);
  if (entries.length > eventLimits.attributesPerElement) throw new GrammarError('tooLong');
  const kept: Record<string, AttributeValue> = {};
  for (const [name, each] of entries) {
    const safe = safeAttribute(name, each, place);
    if (safe !== undefined) kept[name] = safe;
  }
  if (FIELDS.has(place.tag)) kept.autocomplete = 'off';
  return kept;
}

function safeAddress(name: string, value: string, { tag, found }: AttributePlace): string | undefined {
  if (value.length > eventLimits.dataUrlLength) throw new GrammarError('tooLong');
  // A link keeps looking like a link; it leads nowhere.
  if (name === 'href' && (tag === 'a' || tag === 'area')) return '#';
  if (WITHOUT_SOURCE.has(tag) && name !== 'poster' && name !== PICTURE_ATTRIBUTE) return undefined;
  const isSafe = name === 'srcset' ? SAFE_SET.test(value) : SAFE_ADDRESS.test(value.trim());
  if (!isSafe) return undefined;
  for (const hash of assetHashes(value)) found(hash, name === PICTURE_ATTRIBUTE);
  return value.trim();
}
