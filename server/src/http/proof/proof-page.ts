/** The proof as a page for people: self-contained, so that a copy of it reads the same anywhere. */

import type { Language } from '@alongside/protocol';
import { Markup, markup } from './markup.js';
import { reportSections } from './proof-sections.js';
import { proofPolicy, proofStyle } from './proof-style.js';
import { type ProofSpeech, proofSpeech } from './proof-words.js';
import { isOvertaken, type ProofReading } from './stored-proof.js';

const results = {
  clean: 'resultClean',
  partial: 'resultPartial',
  violated: 'resultViolated',
} as const;

type SignedReading = Extract<ProofReading, { state: 'signed' }>;

export function proofPage(reading: ProofReading, language: Language): string {
  const speech = proofSpeech(language);
  return `<!doctype html>\n${
    markup`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${proofPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${speech.say('title')}</title>
${sheet()}
</head>
<body>
<main>
${languageLinks(speech)}
<h1>${speech.say('title')}</h1>
${resultLine(reading, speech)}
<h2>${speech.say('promise')}</h2>
<p>${speech.say('promiseText')}</p>
${reading.state === 'signed' ? reportSections(reading.proof.report, speech) : howToMake(speech)}
</main>
</body>
</html>`.text
  }\n`;
}

/** Not escaped: the policy names the hash of exactly these letters. */
function sheet(): Markup {
  return new Markup(`<style>${proofStyle}</style>`);
}

function languageLinks({ language, say }: ProofSpeech): Markup {
  const link = (each: Language, name: string) =>
    each === language
      ? markup`<a href="?lang=${each}" lang="${each}" hreflang="${each}" aria-current="page">${name}</a>`
      : markup`<a href="?lang=${each}" lang="${each}" hreflang="${each}">${name}</a>`;
  return markup`<nav aria-label="${say('languages')}">${link('en', 'English')} ${link('de', 'Deutsch')}</nav>`;
}

function resultLine(reading: ProofReading, speech: ProofSpeech): Markup {
  const { say } = speech;
  if (reading.state === 'none') return markup`<p class="result none" role="status">${say('resultNone')}</p>`;
  if (reading.state === 'broken')
    return markup`<p class="result broken" role="status">${say('resultBroken')}</p>`;
  return signedResult(reading, speech);
}

/** A short run since then does not take the place of a full one; what it found is said before anything else. */
function signedResult(reading: SignedReading, { say, date }: ProofSpeech): Markup {
  const { result, form, date: ranAt } = reading.proof.report;
  const words = say(result === 'clean' && form === 'short' ? 'resultCleanShort' : results[result]);
  const last = reading.lastShort;
  const ofFull = markup`<p class="result ${result}" role="status">${words}</p>`;
  if (last === undefined) return ofFull;
  const ofShort = say('lastShort', { date: date(last.date), result: say(`short_${last.result}`) });
  if (!isOvertaken(reading)) return markup`${ofFull}\n<p>${ofShort}</p>`;
  return markup`<p class="result violated" role="status">${ofShort}</p>
<p>${say('lastFull', { date: date(ranAt), result: words })}</p>`;
}

function howToMake({ say }: ProofSpeech): Markup {
  return markup`<h2>${say('howToMake')}</h2>
<p>${say('howToMakeText')}</p>
<pre><code>npm run prove</code></pre>`;
}
