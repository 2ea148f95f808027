/** Whether visitors may be asked for explicit consent to a transfer, and how often in a month that is still occasional. */

import { useMessages } from '../messages/use-messages.js';
import { CheckField, TextField } from '../parts/field.js';
import { Card } from '../parts/page.js';
import type { TablesProps } from './register-findings.js';

const FEW = 3;
const MOST = 100;

export function DerogationsCard({ body, onBody }: TablesProps) {
  const { t } = useMessages();
  const { consent, mostSharesAMonth } = body.derogations;
  const change = (derogations: typeof body.derogations): void => onBody?.({ ...body, derogations });
  if (onBody === undefined) {
    const text = consent ? t('consents.on', { most: mostSharesAMonth }) : t('consents.off');
    return (
      <Card title={t('consents.title')}>
        <p>{text}</p>
      </Card>
    );
  }
  return (
    <Card title={t('consents.title')}>
      <CheckField
        label={t('consents.allow')}
        hint={t('consents.allowHint')}
        checked={consent}
        onChecked={(on) => change({ consent: on, mostSharesAMonth: on ? mostSharesAMonth || FEW : 0 })}
      />
      {consent ? (
        <TextField
          label={t('consents.most')}
          hint={t('consents.mostHint')}
          type="number"
          min={1}
          max={MOST}
          value={String(mostSharesAMonth)}
          onText={(text) => change({ consent, mostSharesAMonth: wholeNumber(text) })}
        />
      ) : undefined}
    </Card>
  );
}

function wholeNumber(text: string): number {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? 1 : Math.min(MOST, Math.max(1, number));
}
