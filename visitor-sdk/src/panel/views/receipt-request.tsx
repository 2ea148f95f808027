/** Asking for what the panel cannot do at once: which right, in which words; then the link to the answer. */

import { useState } from 'preact/hooks';
import { unattended } from '../../embedding/page-guard.js';
import { dayIn } from '../data/receipt-dates.js';
import { type AskedKind, askedKinds } from '../data/rights-request.js';
import { Fault } from './fault.js';
import { usePanel } from './panel-context.js';

const DETAILS_LENGTH = 2000;

export function RequestForm({ onDone }: { readonly onDone: () => void }) {
  const { speech, receipt } = usePanel();
  const [kind, setKind] = useState<AskedKind>('rectification');
  const [details, setDetails] = useState('');
  const progress = receipt.request.state.value;
  if (progress.state === 'sent')
    return <RequestSent link={progress.link} dueAt={progress.opened.seen.dueAt} />;
  const lacksWords = kind === 'rectification' && details.trim() === '';
  return (
    <form
      class="erasure request"
      onSubmit={(event) => {
        event.preventDefault();
        if (!lacksWords) unattended(receipt.ask(kind, details));
      }}
    >
      <h4>{speech.say('request.heading')}</h4>
      <label class="field">
        <span>{speech.say('request.kind')}</span>
        <select
          value={kind}
          onChange={(event) =>
            setKind(askedKinds.find((each) => each === event.currentTarget.value) ?? 'complaint')
          }
        >
          {askedKinds.map((each) => (
            <option key={each} value={each}>
              {speech.say(`request.kind.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet small">{speech.say(`request.text.${kind}`)}</p>
      <label class="field">
        <span>{speech.say('request.details')}</span>
        <textarea
          rows={3}
          maxLength={DETAILS_LENGTH}
          required={kind === 'rectification'}
          value={details}
          onInput={(event) => setDetails(event.currentTarget.value)}
        />
      </label>
      <Fault progress={progress} message="request.failed" />
      <div class="pair">
        <button type="button" class="secondary" onClick={onDone}>
          {speech.say('request.cancel')}
        </button>
        <button type="submit" class="primary" disabled={lacksWords || progress.state === 'busy'}>
          {speech.say(progress.state === 'busy' ? 'receipt.working' : 'request.send')}
        </button>
      </div>
    </form>
  );
}

function RequestSent({ link, dueAt }: { readonly link: string; readonly dueAt: number }) {
  const { speech, receipt } = usePanel();
  return (
    <section class="erasure" role="status">
      <h4>{speech.say('request.sent')}</h4>
      <p>{speech.say('request.sentText', { date: dayIn(speech, dueAt) })}</p>
      <p>
        <a href={link} target="_blank" rel="noopener noreferrer">
          {speech.say('request.link')}
        </a>
      </p>
      <p class="quiet small">{speech.say('request.keep')}</p>
      <button type="button" class="secondary" onClick={() => receipt.request.save()}>
        {speech.say('request.save')}
      </button>
    </section>
  );
}
