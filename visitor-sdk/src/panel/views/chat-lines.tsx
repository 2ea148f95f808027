/** What was said: committed lines in order, and under them those that are not sent yet. */

import type { ChatLine } from '@alongside/protocol';
import { useRef } from 'preact/hooks';
import type { UnsentLine } from '../session/outbox.js';
import { Icon } from './icons.js';
import { usePanel } from './panel-context.js';
import { useStickToEnd } from './use-stick-to-end.js';

export function ChatLines() {
  const panel = usePanel();
  const { speech } = panel;
  const list = useRef<HTMLDivElement>(null);
  const lines = panel.session.value?.lines.value ?? [];
  const unsent = panel.session.value?.unsent.value ?? [];
  const typing = panel.session.value?.agentTyping.value === true;
  const typist =
    panel.together.part.value?.agents.nameOf(panel.session.value?.typist.value) ?? panel.agentName.value;
  useStickToEnd(list, { content: `${lines.length}/${typing}`, own: unsent.length });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a log that scrolls has to be reachable by keyboard.
    <div ref={list} class="lines" role="log" aria-label={speech.say('chat.log')} tabIndex={0}>
      {lines.length === 0 && unsent.length === 0 ? <p class="quiet">{speech.say('chat.empty')}</p> : null}
      <ol>
        {lines.map((line) => (
          <Line key={line.lineId} line={line} />
        ))}
        {unsent.map((line) => (
          <Unsent key={line.lineId} line={line} />
        ))}
      </ol>
      {typing ? <p class="typing">{speech.say('chat.typing', { agent: typist })}</p> : null}
    </div>
  );
}

function Line({ line }: { readonly line: ChatLine }) {
  const { speech, agentName, site } = usePanel();
  const own = line.from === 'visitor';
  return (
    <li class={own ? 'line own' : 'line'} data-number={line.number}>
      <p class="by">
        {own ? speech.say('chat.you') : (line.agentName ?? agentName.value)}{' '}
        <time dateTime={new Date(line.at).toISOString()}>{speech.time(line.at)}</time>
      </p>
      {line.held ? (
        <p class="words quiet">{speech.say('chat.held', { holder: site.config.value.notice.controller })}</p>
      ) : (
        <p class="words" dir="auto">
          {line.text}
        </p>
      )}
    </li>
  );
}

function Unsent({ line }: { readonly line: UnsentLine }) {
  const { speech, session } = usePanel();
  return (
    <li class="line own unsent" data-state={line.state}>
      <p class="words" dir="auto">
        {line.text}
      </p>
      <p class="by">
        {line.state === 'sending' ? speech.say('chat.sending') : null}
        {line.state === 'waiting' ? (
          <>
            <Icon name="warning" />
            {speech.say('chat.unsent')}
          </>
        ) : null}
        {line.state === 'refused' ? (
          <>
            {speech.say('chat.refused', { reason: speech.failure(line.refusal ?? 'internal') })}{' '}
            <button type="button" class="link" onClick={() => session.value?.withdraw(line.lineId)}>
              {speech.say('chat.discard')}
            </button>
          </>
        ) : null}
      </p>
    </li>
  );
}
