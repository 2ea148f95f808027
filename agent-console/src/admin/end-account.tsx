/** The end of the account: it rests and can be restored, or it is erased after a time to think. */

import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/page.js';
import { EndingDialogue } from './ending-dialogue.js';

export function EndAccount({ name }: { readonly name: string }) {
  const { session } = useApp();
  const { t } = useMessages();
  const [end, setEnd] = useState<'rest' | 'erase'>();
  return (
    <Card title={t('account.end')}>
      <p>{t('account.endText')}</p>
      <div className="form-acts">
        <Button onClick={() => setEnd('rest')}>{t('account.rest')}</Button>
        <Button tone="danger" onClick={() => setEnd('erase')}>
          {t('account.erase')}
        </Button>
      </div>
      {end === undefined ? undefined : (
        <EndingDialogue
          title={t(`account.${end}`)}
          description={t(`account.${end}Text`)}
          path="/customer/end"
          erases={end === 'erase' ? name : undefined}
          // Every session ends with it, this one too.
          onEnded={() => session.ended()}
          onClose={() => setEnd(undefined)}
        />
      )}
    </Card>
  );
}
