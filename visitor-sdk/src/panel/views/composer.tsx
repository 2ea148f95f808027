/** Where the visitor writes. The draft stays in this page's memory; only that somebody types is told. */

import { textLimits } from '@alongside/protocol';
import { cleanText } from '../messages/clean-text.js';
import { Icon } from './icons.js';
import { usePanel } from './panel-context.js';

export function Composer() {
  const panel = usePanel();
  const { speech } = panel;
  const draft = panel.lineDraft.value;
  const session = panel.session.value;
  const send = (event: Event): void => {
    event.preventDefault();
    const text = cleanText(draft);
    if (text === '' || session === undefined) return;
    panel.lineDraft.value = '';
    session.say(text);
  };
  const met = panel.engagement.value?.agent !== undefined;
  const label = speech.say(met ? 'chat.input' : 'chat.inputWaiting', { agent: panel.agentName.value });
  const typed = (text: string): void => {
    panel.lineDraft.value = text;
    if (text === '') session?.typing.stop();
    else session?.typing.typed(Date.now());
  };
  return (
    <form class="composer" onSubmit={send}>
      <textarea
        data-first
        rows={1}
        maxLength={textLimits.chatLineLength}
        aria-label={label}
        placeholder={label}
        value={draft}
        onInput={(event) => typed(event.currentTarget.value)}
        onBlur={() => session?.typing.stop()}
        onKeyDown={(event) => {
          // An input method uses Enter to choose a word.
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
        }}
      />
      <button
        type="submit"
        class="primary round"
        aria-label={speech.say('chat.send')}
        title={speech.say('chat.send')}
        disabled={draft.trim() === ''}
      >
        <Icon name="send" />
      </button>
    </form>
  );
}
