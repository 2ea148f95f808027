/** What a report says, section by section. */

import { Markup, markup } from './markup.js';
import { downloads } from './proof-downloads.js';
import type { ProofReport } from './proof-report.js';
import { fingerprint } from './proof-signature.js';
import { outsideWords, type ProofSpeech } from './proof-words.js';
import { reportNames } from './stored-proof.js';

type Section = (report: ProofReport, speech: ProofSpeech) => Markup;

export function reportSections(report: ProofReport, speech: ProofSpeech): Markup {
  const sections: readonly Section[] = [
    how,
    facts,
    media,
    mutants,
    controls,
    limits,
    violations,
    notRun,
    outside,
    rerun,
  ];
  return new Markup(sections.map((section) => section(report, speech).text).join('\n'));
}

const how: Section = (_, { say }) => {
  const steps = ['howCanaries', 'howSealed', 'howLooked', 'howControls', 'howMutants'] as const;
  return markup`<h2>${say('how')}</h2>
<ol>${steps.map((step) => markup`<li>${say(step)}</li>`)}</ol>`;
};

const facts: Section = (report, speech) => {
  const { say, number } = speech;
  const sum = (of: (run: ProofReport['sealed'][number]) => number) =>
    report.sealed.reduce((total, run) => total + of(run), 0);
  const sent = sum((run) => run.sentFrames);
  const registered = sum((run) => run.registeredFrames);
  const rows: readonly (readonly [string, string])[] = [
    [say('date'), `${speech.date(report.date)} UTC`],
    [say('form'), say(report.form === 'full' ? 'formFull' : 'formShort')],
    [
      say('commit'),
      report.modified ? `${report.commit.slice(0, 12)}, ${say('modified')}` : report.commit.slice(0, 12),
    ],
    ...Object.entries(report.versions),
    [say('channels'), number(report.channels.length)],
    [say('bodies'), number(sum((run) => run.bodies))],
    [say('registered'), `${number(registered)} / ${number(sent)}`],
    [say('pieces'), number(report.calls.reduce((total, { pieces }) => total + pieces, 0))],
    [say('duration'), speech.duration(report.tookMs)],
    [say('key'), fingerprint(report.publicKey)],
  ];
  return markup`<h2>${say('facts')}</h2>
<dl>${rows.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
};

const media: Section = ({ media: rows }, { say, bytes, detector }) => markup`<h2>${say('media')}</h2>
${table(
  [say('place'), say('bytes')],
  rows.map(
    (row) =>
      markup`<tr><th scope="row">${detector(row.detector)}</th><td class="number">${bytes(row.bytes)}</td></tr>`,
  ),
  { label: say('media'), numberLast: true },
)}`;

const mutants: Section = ({ mutants: rows }, { say, detector }) => {
  const killed = rows.filter((row) => row.killed).length;
  const stopped = (row: ProofReport['mutants'][number]) => {
    if (row.stopped === null) return markup`<td>${say('notAsked')}</td>`;
    return markup`<td class="${row.stopped ? 'good' : 'bad'}">${say(row.stopped ? 'yes' : 'no')}</td>`;
  };
  return markup`<h2>${say('mutants')}</h2>
<p>${say('score', { killed, all: rows.length })}</p>
${table(
  [say('mutant'), say('stop'), say('caughtBy'), say('stopped'), say('ended')],
  rows.map(
    (row) => markup`<tr><th scope="row" lang="en">${row.name}</th><td>${say(`stop_${row.stop}`)}</td>
<td class="${row.caughtBy.length > 0 ? 'good' : 'bad'}">${row.caughtBy.map(detector).join(', ') || say('nobody')}</td>${stopped(row)}<td>${endings(row, say)}</td></tr>`,
  ),
  { label: say('mutants') },
)}`;
};

/** Codes as the system gives them: they say what it was that stopped it. */
function endings({ attempted, codes }: ProofReport['mutants'][number], say: ProofSpeech['say']): string {
  if (!attempted.on) return say('neverTried');
  return codes.map((code) => (code === 'done' ? say('endedDone') : code)).join(', ') || say('none');
}

const controls: Section = ({ controls: rows }, { say, detector }) => markup`<h2>${say('controls')}</h2>
${table(
  [say('control'), say('foundBy'), say('missedBy')],
  rows.map(
    (row) => markup`<tr><th scope="row" lang="en">${row.name} (${row.run})</th>
<td class="good">${row.foundBy.map(detector).join(', ') || say('none')}</td>
<td class="${row.missedBy.length > 0 ? 'bad' : ''}">${row.missedBy.map(detector).join(', ') || say('none')}</td></tr>`,
  ),
  { label: say('controls') },
)}`;

const limits: Section = ({ limits: rows, refusals }, { say }) => {
  const refused = refusals.filter((each) => each.refused).length;
  return markup`<h2>${say('limits')}</h2>
<ul>${rows.map((row) => markup`<li><span lang="en">${row.name}</span>: ${say(row.inForce ? 'yes' : 'no')}</li>`)}</ul>
<h2>${say('refusals')}</h2>
<p>${say('refusalsText', { refused, all: refusals.length })}</p>`;
};

const violations: Section = ({ violations: rows }, { say, detector }) => {
  if (rows.length === 0) return markup`<h2>${say('violations')}</h2>\n<p>${say('noViolations')}</p>`;
  return markup`<h2>${say('violations')}</h2>
${table(
  [say('detector'), say('place'), say('trace')],
  rows.map(
    (row) =>
      markup`<tr><th scope="row">${detector(row.detector)}</th><td>${row.place} (${row.run})</td><td class="bad">${row.trace}</td></tr>`,
  ),
  { label: say('violations') },
)}`;
};

const notRun: Section = ({ notRun: rows }, { say }) =>
  rows.length === 0
    ? markup`<h2>${say('notRun')}</h2>\n<p>${say('everythingRun')}</p>`
    : markup`<h2>${say('notRun')}</h2>
<dl>${rows.map(({ part, reason }) => markup`<dt lang="en">${part}</dt><dd lang="en">${reason}</dd>`)}</dl>`;

const outside: Section = ({ form }, { say }) => {
  return markup`<h2>${say('outside')}</h2>
<ul>${outsideWords(form).map((key) => markup`<li>${say(key)}</li>`)}</ul>`;
};

const rerun: Section = ({ form, publicKey }, { say }) => markup`<h2>${say('rerun')}</h2>
<p>${say('rerunText')}</p>
<pre><code>npm run prove</code></pre>
<p>${say('verifyText')}</p>
<pre><code>npm run prove -- --verify ${reportNames[form]} --key &quot;${fingerprint(publicKey)}&quot;</code></pre>
<p><a href="${downloads[form].report}">${say('download')}</a> · <a href="${downloads[form].signature}">${say('signature')}</a></p>`;

/** A wide table scrolls in a frame of its own, which the keyboard reaches too. */
function table(
  heads: readonly string[],
  rows: readonly Markup[],
  { label, numberLast = false }: { readonly label: string; readonly numberLast?: boolean },
): Markup {
  const head = (text: string, index: number) =>
    numberLast && index === heads.length - 1
      ? markup`<th scope="col" class="number">${text}</th>`
      : markup`<th scope="col">${text}</th>`;
  return markup`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${heads.map(head)}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}
