/** The moment before the console knows who is here. */

import { useMessages } from '../messages/use-messages.js';

export function Starting() {
  const { t } = useMessages();
  return (
    <div className="starting" role="status">
      <span className="starting-mark" aria-hidden="true" />
      <span className="visually-hidden">{t('state.starting')}</span>
    </div>
  );
}
