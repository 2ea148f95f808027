/** Chat: the lines with their numbers, what is not sent yet, who types, and the place to write. */

import type { ChatLine, EngagementView } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { failureText } from '../../messages/failure-text.js';
import { useMessages } from '../../messages/use-messages.js';
import { Button, IconButton } from '../../parts/button.js';
import { AgentDot } from '../agents/agent-dot.js';
import type { EngagementRoom } from '../engagement-room.js';
import { useMay } from '../use-may.js';
import type { PendingLine } from './chat-log.js';
import type { ChatRoom } from './chat-room.js';

export function ChatPanel({ room }: { readonly room: EngagementRoom }) {
  const { t } = useMessages();
  const { chat } = room;
  const view = useStore(room.view);
  const may = useMay(room);
  const log = useStore(chat.log);
  const typing = useStore(chat.visitorTyping);
  const history = useStore(chat.history);
  const delayed = useStore(chat.delayed);
  const list = useRef<HTMLDivElement>(null);
  useStickToEnd(list, `${log.lines.length}/${log.pending.length}/${typing}`);
  const { desk } = useApp();
  const colleague = useStore(chat.colleagueTyping);
  const visitor = view.visitor.name ?? t('visitor.unnamed');
  const typist = view.agents.find(({ agentId }) => agentId === colleague)?.displayName;
  // A line that has just been sent from here says of nobody that it is theirs.
  const isOwn = ({ agentId }: ChatLine) => agentId === undefined || agentId === desk.me;
  const nameOf = (line: ChatLine) => {
    if (line.from === 'visitor') return visitor;
    return isOwn(line) ? t('chat.you') : (line.agentName ?? t('agents.role.agent'));
  };
  return (
    <section className="chat" aria-label={t('chat.title')}>
      <div
        className="chat-lines"
        ref={list}
        role="log"
        aria-live="off"
        aria-label={t('chat.lines')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        {history === 'loading' ? <p className="chat-note">{t('chat.loading')}</p> : undefined}
        {history === 'failed' ? <p className="chat-note">{t('chat.historyFailed')}</p> : undefined}
        {history === 'loaded' && log.lines.length === 0 && log.pending.length === 0 ? (
          <p className="chat-note">{t('chat.empty')}</p>
        ) : undefined}
        <ol>
          {log.lines.map((line) => (
            <Line
              key={line.number}
              line={line}
              name={nameOf(line)}
              place={isOwn(line) ? undefined : placeOf(view, line)}
            />
          ))}
          {log.pending.map((line) => (
            <Pending key={line.lineId} line={line} chat={chat} />
          ))}
        </ol>
        {typing ? <p className="chat-typing">{t('chat.typing', { name: visitor })}</p> : undefined}
        {typist === undefined ? undefined : (
          <p className="chat-typing">{t('chat.typing', { name: typist })}</p>
        )}
      </div>
      {delayed ? (
        <p className="chat-note" role="status">
          {t('chat.delayed')}
        </p>
      ) : undefined}
      {may('chat:send') ? <Composer chat={chat} /> : undefined}
    </section>
  );
}

/** Of an agent who still takes part. */
function placeOf({ agents }: EngagementView, { agentId }: ChatLine): number | undefined {
  return agents.find((each) => each.agentId === agentId)?.place;
}

function Line({
  line,
  name,
  place,
}: {
  readonly line: ChatLine;
  readonly name: string;
  /** By which a colleague's colour is known. */
  readonly place: number | undefined;
}) {
  const { t, time } = useMessages();
  return (
    <li className={`line line-${line.from}`}>
      <p className="line-head">
        {place === undefined ? undefined : <AgentDot place={place} />}
        <span className="line-name">{name}</span>
        <time dateTime={new Date(line.at).toISOString()}>{time(line.at)}</time>
        <span className="line-number" title={t('chat.number', { number: line.number })}>
          {line.number}
        </span>
      </p>
      <p className="line-text" dir="auto">
        {line.held ? t('chat.held') : line.text}
      </p>
    </li>
  );
}

function Pending({ line, chat }: { readonly line: PendingLine; readonly chat: ChatRoom }) {
  const messages = useMessages();
  const { t } = messages;
  return (
    <li className={`line line-agent line-pending line-${line.state}`}>
      <p className="line-head">
        <span className="line-name">{t('chat.you')}</span>
        <span className="line-state">{t(`chat.${line.state}`)}</span>
      </p>
      <p className="line-text" dir="auto">
        {line.text}
      </p>
      {line.state === 'refused' ? (
        <div className="line-acts">
          {line.failure === undefined ? undefined : <p>{failureText(line.failure, messages)}</p>}
          <Button size="small" onClick={() => chat.resend(line.lineId)}>
            {t('act.sendAgain')}
          </Button>
          <Button size="small" tone="quiet" onClick={() => chat.discard(line.lineId)}>
            {t('act.discard')}
          </Button>
        </div>
      ) : undefined}
    </li>
  );
}

function Composer({ chat }: { readonly chat: ChatRoom }) {
  const { t } = useMessages();
  const draft = useStore(chat.draft);
  const left = limits.chatLineLength - draft.length;
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        chat.sayDraft();
      }}
    >
      <textarea
        // A draft is kept nowhere: not in the browser's own notes on a tab it may have to restore either.
        autoComplete="off"
        aria-label={t('chat.write')}
        placeholder={t('chat.placeholder')}
        rows={2}
        value={draft}
        aria-invalid={left < 0 || undefined}
        onChange={(event) => {
          chat.draft.set(event.target.value);
          chat.typed(event.target.value);
        }}
        onKeyDown={(event) => {
          // Enter while a word is being composed belongs to the input method.
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          chat.sayDraft();
        }}
      />
      <div className="composer-acts">
        <span className={left < 0 ? 'composer-left composer-over' : 'composer-left'} aria-live="polite">
          {left < 200 ? t('chat.left', { left }) : ''}
        </span>
        <IconButton
          type="submit"
          tone="primary"
          icon="up"
          label={t('chat.send')}
          disabled={draft.trim() === '' || left < 0}
        />
      </div>
    </form>
  );
}

/** Follows new lines while the end is in sight; whoever reads further up is left there. */
function useStickToEnd(list: RefObject<HTMLElement | null>, of: string): void {
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const follow = (): void => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 48;
    };
    element.addEventListener('scroll', follow, { passive: true });
    // A call that appears above the lines takes its place from their end.
    const sizes = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', follow);
      sizes.disconnect();
    };
  }, [list]);
  // `of` says that the content has changed.
  useEffect(() => {
    const element = list.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [list, of]);
}
