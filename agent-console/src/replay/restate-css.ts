/**
 * Rewrites what style sheets ask of the browser that draws them into what they would have been told on the
 * visitor's device: nothing in the replay has the pointer or the focus, and the agent's preferences are not theirs.
 */

const STATE = 'data-alongside-state';

/** As long a specificity as the pseudo-class has. */
const selectors: readonly (readonly [RegExp, string])[] = [
  [/:focus-visible(?![\w-])/g, `[${STATE}~="focus-visible"]`],
  [
    /:focus-within(?![\w-])/g,
    `:is([${STATE}~="focus"],[${STATE}~="focus-inside"],:has([${STATE}~="focus"]))`,
  ],
  [/:focus(?![\w-])/g, `[${STATE}~="focus"]`],
  // The replayer gives this class to what lies under the visitor's pointer.
  [/:hover(?![\w-])/g, '.\\:hover'],
];

/** Whether the visitor's device fits each query, by the words that came with the page. */
const queries: readonly (readonly [RegExp, (words: ReadonlySet<string>) => boolean])[] = [
  [/\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi, (words) => words.has('dark')],
  [/\(\s*prefers-color-scheme\s*:\s*light\s*\)/gi, (words) => !words.has('dark')],
  [/\(\s*prefers-reduced-motion(?:\s*:\s*reduce)?\s*\)/gi, (words) => words.has('less-motion')],
  [/\(\s*prefers-reduced-motion\s*:\s*no-preference\s*\)/gi, (words) => !words.has('less-motion')],
  [/\(\s*prefers-contrast\s*:\s*more\s*\)/gi, (words) => words.has('more-contrast')],
  [/\(\s*(?:any-)?pointer\s*:\s*coarse\s*\)/gi, (words) => words.has('coarse')],
  [/\(\s*(?:any-)?pointer\s*:\s*fine\s*\)/gi, (words) => !words.has('coarse')],
  [/\(\s*(?:any-)?hover(?:\s*:\s*hover)?\s*\)/gi, (words) => !words.has('no-hover')],
  [/\(\s*(?:any-)?hover\s*:\s*none\s*\)/gi, (words) => words.has('no-hover')],
];
const ALWAYS = '(min-width:0px)';
const NEVER = '(max-width:0px)';
const SCHEME = /(color-scheme\s*:)([^;}]*)/gi;
/** The device is as large as what is shown of the page, whatever the agent's screen. */
const DEVICE = /(\(\s*(?:min-|max-)?)device-(?=(?:width|height)\s*[:)])/gi;
const NEEDED = /:focus|:hover|prefers-|pointer|hover|color-scheme|device-/i;

/**
 * Strings, comments and what is escaped stay as they are: what looks like a selector in one is text. None of them can
 * fail after it has begun, so that the time is linear in the text whatever it holds.
 */
const PARTS = /("(?:[^"\\\n\r\f]|\\.)*"?|'(?:[^'\\\n\r\f]|\\.)*'?|\/\*(?:.*?\*\/|.*)|(?:\\.)+)/gs;

export function restateCss(css: string, words: ReadonlySet<string>): string {
  if (!NEEDED.test(css)) return css;
  const parts = css.split(PARTS);
  return parts.map((part, index) => (index % 2 === 1 ? part : restated(part, words))).join('');
}

function restated(part: string, words: ReadonlySet<string>): string {
  // There may be as many parts as letters.
  if (!NEEDED.test(part)) return part;
  let text = part.replace(DEVICE, '$1');
  for (const [pattern, state] of selectors) text = text.replace(pattern, state);
  for (const [pattern, fits] of queries) text = text.replace(pattern, fits(words) ? ALWAYS : NEVER);
  return text.replace(SCHEME, (_, name: string, value: string) => name + schemeFor(value, words));
}

/** A page that can do both is drawn as the visitor's browser chose to. */
function schemeFor(value: string, words: ReadonlySet<string>): string {
  const canDark = /\bdark\b/i.test(value);
  const canLight = /\blight\b/i.test(value);
  if (canDark && canLight) return words.has('dark') ? ' dark' : ' light';
  return value;
}
