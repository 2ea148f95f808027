/** The tabs that the visitor has open on the site, and which of them is shown: only once there is more than one. */

import type { VisitorTab } from '@alongside/protocol';
import { useMessages } from '../../messages/use-messages.js';

export function TabList({ tabs }: { readonly tabs: readonly VisitorTab[] }) {
  const { t } = useMessages();
  if (tabs.length < 2) return undefined;
  return (
    <div className="tab-list">
      <span className="tab-list-title" id="visitor-tabs">
        {t('tabs.title')}
      </span>
      <ul aria-labelledby="visitor-tabs">
        {tabs.map((tab, index) => (
          <li key={tab.id} className={tab.inFront ? 'tab-item tab-item-front' : 'tab-item'}>
            <span className="tab-item-words" title={tab.path}>
              {tab.title ?? tab.path ?? t('tabs.unnamed', { number: index + 1 })}
            </span>
            {tab.inFront ? <span className="tab-item-mark">{t('tabs.inFront')}</span> : undefined}
          </li>
        ))}
      </ul>
    </div>
  );
}
