/** The first screen: the notice, and under it the first message. Nothing leaves the page before it is sent. */

import { textLimits } from '@alongside/protocol';
import type { TargetedEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { unattended } from '../../embedding/page-guard.js';
import { cleanText } from '../messages/clean-text.js';
import { NoticeCard } from './notice-card.js';
import { usePanel } from './panel-context.js';

/** A page may have been open for long before help is looked for. */
const STAFFED_AGE_MS = 15_000;

export function StartScreen() {
  const panel = usePanel();
  const { speech, site, first, details } = panel;
  const message = first.message.value;
  const name = first.name.value ?? details.value.name ?? '';
  const topic = first.topic.value ?? details.value.topic ?? '';
  const [fault, setFault] = useState<string | undefined>(undefined);
  const busy = first.progress.value.state === 'busy';
  // Whether somebody is there is then told as it is now; what cannot be fetched is told when it is sent.
  useEffect(() => unattended(site.renew(STAFFED_AGE_MS)), [site]);
  const submit = (event: TargetedEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = { message: cleanText(message), name: cleanText(name), topic: cleanText(topic) };
    const found = form.message === '' ? speech.say('start.empty') : undefined;
    setFault(found);
    if (found !== undefined) event.currentTarget.querySelector('textarea')?.focus();
    if (found === undefined) first.send(form).catch(() => undefined);
  };
  return (
    <form class="screen start" onSubmit={submit} novalidate>
      <NoticeCard />
      {site.config.value.staffed ? null : <p class="remark">{speech.say('start.unstaffed')}</p>}
      {panel.reach.value === 'site' ? null : (
        <p class="remark strong">
          {speech.say(panel.reach.value === 'tab' ? 'start.reachTab' : 'start.reachPage')}
        </p>
      )}
      <label class="field">
        <span>{speech.say('start.message')}</span>
        <textarea
          data-first
          rows={2}
          maxLength={textLimits.chatLineLength}
          placeholder={speech.say('start.messageHint')}
          value={message}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : 'alongside-fault'}
          onInput={(event) => {
            first.message.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="pair">
        <Optional
          label={speech.say('start.name')}
          value={name}
          max={textLimits.nameLength}
          onChange={(text) => {
            first.name.value = text;
          }}
          complete="name"
        />
        <Optional
          label={speech.say('start.topic')}
          value={topic}
          max={textLimits.topicLength}
          onChange={(text) => {
            first.topic.value = text;
          }}
          complete="off"
        />
      </div>
      <Confirmation />
      <StartFault fault={fault} />
      <button type="submit" class="primary" disabled={busy}>
        {speech.say(busy ? 'start.sending' : 'start.send')}
      </button>
    </form>
  );
}

interface OptionalField {
  readonly label: string;
  readonly value: string;
  readonly max: number;
  readonly complete: string;
  readonly onChange: (value: string) => void;
}

function Optional({ label, value, max, complete, onChange }: OptionalField) {
  const { speech } = usePanel();
  return (
    <label class="field">
      <span>
        {label} <small>{speech.say('start.optional')}</small>
      </span>
      <input
        type="text"
        maxLength={max}
        autocomplete={complete}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

/** Their site knows them: whether the agent is told is theirs to say. */
function Confirmation() {
  const { first, site, speech } = usePanel();
  const { offered, agreed } = first.identity;
  if (!offered.value) return null;
  return (
    <label class="option">
      <input
        type="checkbox"
        checked={agreed.value}
        onChange={(event) => {
          agreed.value = event.currentTarget.checked;
        }}
      />
      <span>{speech.say('start.confirm', { site: site.config.value.siteName })}</span>
    </label>
  );
}

function StartFault({ fault }: { readonly fault: string | undefined }) {
  const { first, speech } = usePanel();
  const progress = first.progress.value;
  const renewed = first.noticeRenewed.value ? speech.say('start.noticeRenewed') : undefined;
  const text = fault ?? (progress.state === 'failed' ? speech.failure(progress.failure) : renewed);
  if (text === undefined) return null;
  return (
    <p class="fault" id="alongside-fault" role="alert">
      {text}
    </p>
  );
}
