/** A line that tells how things stand: calm unless something is wrong, and never in the way. */

import type { ReactNode } from 'react';
import { Icon } from './icon.js';

export type Tone = 'info' | 'good' | 'warn' | 'bad';
const icons = { info: 'info', good: 'check', warn: 'warn', bad: 'warn' } as const;

export function Banner({
  tone = 'info',
  children,
  action,
  role,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** `alert` interrupts a screen reader, `status` waits; neither for what was there from the start. */
  readonly role?: 'alert' | 'status';
}) {
  return (
    <div className={`banner banner-${tone}`} role={role}>
      <Icon name={icons[tone]} />
      <div className="banner-text">{children}</div>
      {action === undefined ? undefined : <div className="banner-action">{action}</div>}
    </div>
  );
}

export function Badge({
  tone = 'info',
  children,
}: {
  readonly tone?: Tone | 'quiet';
  readonly children: ReactNode;
}) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
