/** The receipt: who took part, what they did, what is kept and why; and what the visitor can do about it. */

import type { ErasureReceipt, Receipt } from '@alongside/protocol';
import { useEffect, useRef, useState } from 'preact/hooks';
import { unattended } from '../../embedding/page-guard.js';
import { dateTimeIn, dayIn } from '../data/receipt-dates.js';
import { actLine, consentLine, personLine } from '../data/receipt-lines.js';
import { ConfirmQuestion } from './confirm-question.js';
import { EndedLine } from './ended-line.js';
import { Fault } from './fault.js';
import { Icon } from './later-icons.js';
import { usePanel } from './panel-context.js';
import { HeldList } from './receipt-held.js';
import { RequestForm } from './receipt-request.js';

export function ReceiptScreen() {
  const panel = usePanel();
  const { speech, receipt } = panel;
  const shown = receipt.receipt.value;
  const ended = panel.ended.value !== undefined;
  return (
    <div class="screen receipt">
      {ended ? <EndedLine /> : null}
      <h3 data-first tabIndex={-1}>
        {speech.say('receipt.heading')}
      </h3>
      {receipt.erasure.value === undefined ? null : <ErasureNote erasure={receipt.erasure.value} />}
      {shown.state === 'loading' || shown.state === 'idle' ? (
        <p class="centre" aria-busy="true">
          <span class="spinner" /> {speech.say('receipt.loading')}
        </p>
      ) : null}
      {shown.state === 'failed' ? (
        <div class="empty">
          <Fault progress={shown} message="receipt.failed" />
          <button type="button" class="secondary" onClick={() => panel.loadReceipt()}>
            {speech.say('receipt.retry')}
          </button>
        </div>
      ) : null}
      {shown.state === 'shown' ? <ReceiptBody receipt={shown.receipt} /> : null}
      <Rights />
      {ended ? (
        <div class="after">
          <p class="quiet small">{speech.say('receipt.keptInTab')}</p>
          <button type="button" class="link" onClick={() => panel.forgetAndClose()}>
            {speech.say('receipt.forget')}
          </button>
          <button type="button" class="primary" onClick={() => panel.forget()}>
            {speech.say('ended.startNew')}
          </button>
        </div>
      ) : null}
    </div>
  );
}

function ReceiptBody({ receipt }: { readonly receipt: Receipt }) {
  const { speech } = usePanel();
  const { attendance, acts, consents } = receipt;
  return (
    <>
      <Section
        title={speech.say('receipt.who')}
        empty={speech.say('receipt.nobody')}
        lines={attendance.map((each) => personLine(speech, each, receipt))}
      />
      <Section
        title={speech.say('receipt.consents')}
        empty={speech.say('receipt.noConsents')}
        lines={consents.map((each) => consentLine(speech, each))}
      />
      <Section
        title={speech.say('receipt.acts')}
        empty={speech.say('receipt.noActs')}
        lines={acts.map((each) => actLine(speech, each))}
      />
      <HeldList receipt={receipt} />
      <p class="never">
        <Icon name="check" />
        {speech.say('receipt.never')}
      </p>
      <p class="quiet small">
        {speech.say('receipt.runBy', {
          controller: receipt.controller,
          contact: receipt.contact,
          version: receipt.noticeVersion,
        })}
      </p>
    </>
  );
}

interface SectionView {
  readonly title: string;
  readonly empty: string;
  readonly lines: readonly string[];
}

function Section({ title, empty, lines }: SectionView) {
  return (
    <section>
      <h4>{title}</h4>
      {lines.length === 0 ? <p class="quiet">{empty}</p> : null}
      <ul>
        {lines.map((line, place) => (
          // The list is made anew as a whole, and lines may be alike.
          <li key={place}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Rights() {
  const panel = usePanel();
  const { speech, receipt } = panel;
  const [asks, setAsks] = useState(false);
  const [requests, setRequests] = useState(false);
  const erased = receipt.erasure.value !== undefined;
  if (asks && !erased) return <EraseQuestion onDone={() => setAsks(false)} />;
  return (
    <div class="rights">
      <button
        type="button"
        class="secondary"
        disabled={receipt.download.value.state === 'busy'}
        onClick={() => unattended(receipt.save())}
      >
        {speech.say(receipt.download.value.state === 'busy' ? 'receipt.working' : 'receipt.download')}
      </button>
      <button
        type="button"
        class="secondary"
        disabled={receipt.download.value.state === 'busy'}
        onClick={() => unattended(receipt.saveTable())}
      >
        {speech.say('receipt.downloadTable')}
      </button>
      {erased ? null : (
        <button type="button" class="secondary" onClick={() => setAsks(true)}>
          {speech.say('receipt.erase')}
        </button>
      )}
      {requests ? (
        <RequestForm onDone={() => setRequests(false)} />
      ) : (
        <button type="button" class="link" onClick={() => setRequests(true)}>
          {speech.say('request.open')}
        </button>
      )}
      <Fault progress={receipt.download.value} message="receipt.downloadFailed" />
    </div>
  );
}

function EraseQuestion({ onDone }: { readonly onDone: () => void }) {
  const panel = usePanel();
  const { speech, receipt } = panel;
  const busy = receipt.erasing.value.state === 'busy';
  return (
    <ConfirmQuestion
      id="alongside-erase"
      look="erase"
      heading={speech.say('receipt.eraseHeading')}
      no={speech.say('receipt.eraseNo')}
      yes={speech.say(busy ? 'receipt.working' : 'receipt.eraseYes')}
      busy={busy}
      onNo={onDone}
      onYes={() => unattended(receipt.erase())}
    >
      <p>
        {speech.say('receipt.eraseText')}{' '}
        {panel.ended.value === undefined ? speech.say('receipt.eraseEnds') : null}
      </p>
      <Fault progress={receipt.erasing.value} message="receipt.eraseFailed" />
    </ConfirmQuestion>
  );
}

function ErasureNote({ erasure }: { readonly erasure: ErasureReceipt }) {
  const { speech } = usePanel();
  const note = useRef<HTMLElement>(null);
  useEffect(() => note.current?.focus(), []);
  const { erased, at, erasureId, remains } = erasure;
  const rows = (n: number) => speech.count('receipt.rows', n);
  return (
    <section ref={note} class="erasure" tabIndex={-1}>
      <h4>{speech.say(erasureId === undefined ? 'erasure.heldHeading' : 'erasure.heading')}</h4>
      <p>
        {speech.say(erasureId === undefined ? 'erasure.held' : 'erasure.text', {
          date: dateTimeIn(speech, at),
          transcript: rows(erased.transcript),
          survey: rows(erased.survey),
        })}
      </p>
      {remains.map((each) => (
        <p key={each.class}>
          {speech.say(each.law === undefined ? 'erasure.remains' : 'erasure.heldRows', {
            what: speech.say(`receipt.class.${each.class}`),
            rows: rows(each.rows),
            date: dayIn(speech, each.keptUntil),
            law: each.law ?? '',
          })}
        </p>
      ))}
      {erasureId === undefined ? null : (
        <p class="quiet small">{speech.say('erasure.number', { id: erasureId })}</p>
      )}
    </section>
  );
}
