/** Six digits that both people see alike if nobody is between them; comparing them is offered, not asked for. */

import { Popover } from 'radix-ui';
import { useMessages } from '../../messages/use-messages.js';
import { Icon } from '../../parts/icon.js';
import type { PageViewState } from './page-view.js';

export function CompareCode({ code }: { readonly code: NonNullable<PageViewState['code']> }) {
  const { t } = useMessages();
  const digits = `${code.digits.slice(0, 3)} ${code.digits.slice(3)}`;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          className="code"
          aria-label={t('code.label', { digits: [...code.digits].join(' ') })}
        >
          <Icon name="shield" size={16} />
          <span data-testid="compare-code">{digits}</span>
          {code.continuity === 'new' ? <span className="code-new">{t('code.new')}</span> : undefined}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" align="end" sideOffset={6}>
          <p className="popover-title">{t('code.title')}</p>
          <p>{t('code.text')}</p>
          <p>{t(code.continuity === 'kept' ? 'code.kept' : 'code.changed')}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
