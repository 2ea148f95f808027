/** The notice in layers: six short lines in plain words, and the customer's whole text behind them. */

import type { RecipientNamed, SiteConfig } from '@alongside/protocol';
import type { Speech } from '../messages/speech.js';
import { Icon } from './icons.js';
import { usePanel } from './panel-context.js';

export function NoticeCard() {
  const { speech, deps, site } = usePanel();
  const { notice } = site.config.value;
  const checked = `${deps.address.service}/proof?lang=${speech.language}`;
  return (
    <section class="notice" aria-labelledby="alongside-notice">
      <h3 id="alongside-notice">
        <Icon name="lock" />
        {speech.say('notice.heading')}
      </h3>
      <ul>
        {noticeLines(speech, notice).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <details>
        <summary>{speech.say('notice.more')}</summary>
        {notice.body.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p>{notice.redress}</p>
        {notice.changesAt === undefined ? null : (
          <p>{speech.say('notice.changes', { date: speech.date(notice.changesAt) })}</p>
        )}
        <p class="quiet">
          {speech.say('notice.version', { version: notice.version, date: speech.date(notice.publishedAt) })}
        </p>
      </details>
      <p class="checked">
        <a href={checked} target="_blank" rel="noopener noreferrer">
          {speech.say('notice.checked')}
        </a>
      </p>
    </section>
  );
}

function noticeLines(speech: Speech, notice: SiteConfig['notice']): readonly string[] {
  const { controller, contact, keptMonths } = notice;
  const months = (n: number) => speech.count('notice.months', n);
  return [
    speech.say('notice.who', { controller, contact }),
    speech.say('notice.what'),
    speech.say('notice.howLong', {
      transcript: months(keptMonths.transcript),
      survey: months(keptMonths.survey),
      metadata: months(keptMonths.metadata),
    }),
    ...storedLines(speech, notice),
    speech.say('notice.rights'),
    speech.say('notice.asked'),
  ];
}

/** Where what is kept is, who else receives something, and whose people read and watch: each with what that rests on. */
function storedLines(speech: Speech, notice: SiteConfig['notice']): readonly string[] {
  const { storageCountry: country, basis, deliveredTo, recipients } = notice;
  const place = (at: Pick<RecipientNamed, 'country' | 'basis'>) =>
    speech.country(at.country) + (at.basis === undefined ? '' : ` (${speech.basis(at.basis)})`);
  const named = (each: RecipientNamed) => `${each.name}, ${place(each)}`;
  const listed = (sentence: 'notice.people' | 'notice.recipients') => {
    const isPeople = sentence === 'notice.people';
    const names = recipients.filter(({ role }) => (role === 'people') === isPeople).map(named);
    return names.length === 0 ? [] : [speech.say(sentence, { names: names.join('; ') })];
  };
  return [
    ...(deliveredTo === undefined ? [] : [speech.say('notice.deliveredTo', { holder: named(deliveredTo) })]),
    speech.say('notice.where', { place: place({ country, basis }) }),
    ...listed('notice.recipients'),
    ...listed('notice.people'),
  ];
}
