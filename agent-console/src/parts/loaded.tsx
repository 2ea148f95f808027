/** What a screen shows while its data comes, when it does not come, and when it is there. */

import type { ReactNode } from 'react';
import { useMe } from '../app/app-context.js';
import type { Failure } from '../app/failure.js';
import { failureText, WORK_COUNTRY_MISSING } from '../messages/failure-text.js';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from './banner.js';
import { Button } from './button.js';
import { Link } from './link.js';
import type { Loading } from './use-loaded.js';

export function Loaded<T>({
  from,
  children,
}: {
  readonly from: Loading<T>;
  readonly children: (value: T) => ReactNode;
}) {
  if (from.state === 'loading') return <Skeleton />;
  if (from.state === 'failed') return <FailureNote failure={from.failure} onRetry={from.reload} />;
  return children(from.value);
}

export function Skeleton() {
  const { t } = useMessages();
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t('state.loading')}</span>
      <i aria-hidden="true" />
      <i aria-hidden="true" />
      <i aria-hidden="true" />
    </div>
  );
}

export function FailureNote({
  failure,
  onRetry,
}: {
  readonly failure: Failure;
  readonly onRetry?: (() => void) | undefined;
}) {
  const messages = useMessages();
  const isOfficer = useMe()?.roles.includes('officer') ?? false;
  const mend =
    isOfficer && failure.detail === WORK_COUNTRY_MISSING ? (
      <Link to={{ screen: 'admin', section: 'people' }}>{messages.t('failure.workCountrySet')}</Link>
    ) : undefined;
  const retry =
    onRetry === undefined ? undefined : (
      <Button size="small" onClick={onRetry}>
        {messages.t('act.tryAgain')}
      </Button>
    );
  return (
    <Banner tone={failure.code === 'unreachable' ? 'warn' : 'bad'} role="alert" action={mend ?? retry}>
      {failureText(failure, messages)}
    </Banner>
  );
}
