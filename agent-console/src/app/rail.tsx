/** The rail: where one can go, which engagements are open, whether one is available, and who one is. */

import { DropdownMenu, Switch } from 'radix-ui';
import { useId, useState } from 'react';
import type { EngagementRoom } from '../engagement/engagement-room.js';
import { presenceOf } from '../engagement/presence.js';
import { failureText } from '../messages/failure-text.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import type { IconName } from '../parts/icon.js';
import { Icon } from '../parts/icon.js';
import { Link } from '../parts/link.js';
import { ChangePassword } from '../session/change-password.js';
import { useApp } from './app-context.js';
import { CallMark } from './call-mark.js';
import { LookItems } from './look-menu.js';
import type { Route } from './router.js';
import { ShareMark } from './share-mark.js';
import { useStore } from './store.js';
import { useLinkLost } from './use-link-lost.js';

export function Rail({ current, isAtDesk }: { readonly current: Route; readonly isAtDesk: boolean }) {
  const { desk, me } = useApp();
  const { t } = useMessages();
  const rooms = useStore(desk.rooms);
  const { queue } = useStore(desk.view);
  return (
    <nav className="rail" aria-label={t('shell.navigation')}>
      <div className="rail-brand">
        <span className="wordmark">
          <span className="wordmark-sign" aria-hidden="true" />
          Alongside
        </span>
        <span className="rail-customer">{me.customerName}</span>
      </div>
      {isAtDesk ? <Availability /> : undefined}
      <ul className="rail-list">
        {isAtDesk ? (
          <Item
            to={{ screen: 'queue' }}
            icon="queue"
            isCurrent={current.screen === 'queue'}
            count={queue.length}
          >
            {t('queue.title')}
          </Item>
        ) : undefined}
        <Item
          to={{ screen: 'records' }}
          icon="records"
          isCurrent={current.screen === 'records' || current.screen === 'record'}
        >
          {t('records.title')}
        </Item>
        {me.roles.includes('officer') || me.roles.includes('supervisor') ? (
          <Item to={{ screen: 'statistics' }} icon="chart" isCurrent={current.screen === 'statistics'}>
            {t('statistics.title')}
          </Item>
        ) : undefined}
        {me.roles.includes('officer') ? (
          <Item
            to={{ screen: 'rights' }}
            icon="shield"
            isCurrent={current.screen === 'rights' || current.screen === 'case'}
          >
            {t('rights.title')}
          </Item>
        ) : undefined}
        {me.roles.includes('officer') ? (
          <Item
            to={{ screen: 'admin', section: 'customer' }}
            icon="admin"
            isCurrent={current.screen === 'admin' || current.screen === 'site'}
          >
            {t('admin.title')}
          </Item>
        ) : undefined}
      </ul>
      {rooms.size === 0 ? undefined : (
        <section className="rail-open" aria-label={t('shell.open')}>
          <h2>{t('shell.open')}</h2>
          <ul className="rail-list">
            {[...rooms.values()].map((room) => (
              <OpenItem
                key={room.id}
                room={room}
                isCurrent={current.screen === 'engagement' && current.id === room.id}
              />
            ))}
          </ul>
        </section>
      )}
      <PersonMenu />
    </nav>
  );
}

function Item({
  to,
  icon,
  isCurrent,
  count = 0,
  children,
}: {
  readonly to: Route;
  readonly icon: IconName;
  readonly isCurrent: boolean;
  readonly count?: number;
  readonly children: string;
}) {
  return (
    <li>
      <Link to={to} current={isCurrent} className="rail-item">
        <Icon name={icon} />
        <span>{children}</span>
        {count > 0 ? <span className="rail-count">{count}</span> : undefined}
      </Link>
    </li>
  );
}

function OpenItem({ room, isCurrent }: { readonly room: EngagementRoom; readonly isCurrent: boolean }) {
  const { t, plural } = useMessages();
  const view = useStore(room.view);
  const unread = useStore(room.unread);
  const news = useStore(room.news);
  const unseen = useStore(room.newsUnseen);
  const presence = presenceOf(view, useLinkLost());
  return (
    <li>
      <Link
        to={{ screen: 'engagement', id: room.id }}
        current={isCurrent}
        className="rail-item rail-engagement"
      >
        <span
          className={presence === 'here' ? 'presence presence-here' : 'presence'}
          role="img"
          aria-label={t(`presence.${presence}`)}
        />
        <span className="rail-names">
          <bdi className="rail-visitor">{view.visitor.name ?? t('visitor.unnamed')}</bdi>
          <span className="rail-site">
            {unseen && news !== undefined ? t(`news.${news.kind}`) : view.siteName}
          </span>
        </span>
        <ShareMark room={room} />
        <CallMark room={room} isCurrent={isCurrent} />
        {unread > 0 ? (
          <span className="rail-count rail-unread">
            {unread}
            <span className="visually-hidden"> {plural('chat.unread', unread)}</span>
          </span>
        ) : undefined}
      </Link>
    </li>
  );
}

function Availability() {
  const { desk } = useApp();
  const messages = useMessages();
  const { t } = messages;
  const available = useStore(desk.available);
  const link = useStore(desk.live.state);
  const id = useId();
  const change = async (next: boolean): Promise<void> => {
    const done = await desk.setAvailable(next);
    announce(done.ok ? t(next ? 'desk.nowAvailable' : 'desk.nowAway') : failureText(done.failure, messages));
  };
  return (
    <div className="availability">
      <label htmlFor={id}>{t(available ? 'desk.available' : 'desk.away')}</label>
      <Switch.Root
        id={id}
        className="switch"
        aria-label={t('desk.availableLabel')}
        checked={available}
        disabled={link.state !== 'open'}
        onCheckedChange={(next) => void change(next)}
      >
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </div>
  );
}

function PersonMenu() {
  const { me, session } = useApp();
  const { t } = useMessages();
  const [changes, setChanges] = useState(false);
  return (
    <div className="rail-person">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <button type="button" className="rail-item" aria-label={t('person.menu', { name: me.displayName })}>
            <span className="initials" aria-hidden="true">
              {initials(me.displayName)}
            </span>
            <span className="rail-names">
              <span className="rail-visitor">{me.displayName}</span>
              <span className="rail-site">{me.roles.map((role) => t(`role.${role}`)).join(', ')}</span>
            </span>
          </button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" side="top" align="start" sideOffset={6}>
            <LookItems />
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item className="menu-item" onSelect={() => setChanges(true)}>
              {t('person.password')}
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => void session.signOut(false)}>
              {t('person.signOut')}
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => void session.signOut(true)}>
              {t('person.signOutEverywhere')}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {changes ? <ChangePassword onClose={() => setChanges(false)} /> : undefined}
    </div>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
