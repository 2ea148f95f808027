/** Which kinds of text are hidden for what they look like, wherever text is shown at all. */

import { textNets } from '@alongside/protocol';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { CheckField, FieldSet } from '../parts/field.js';
import type { SiteDraft } from './site-draft.js';

export function NetFields({
  draft,
  onChange,
}: {
  readonly draft: SiteDraft;
  readonly onChange: (part: Partial<SiteDraft>) => void;
}) {
  const { t } = useMessages();
  return (
    <FieldSet legend={t('masking.nets')} hint={t('masking.netsHint')}>
      {textNets.map((net) => (
        <CheckField
          key={net}
          label={t(`masking.net.${net}`)}
          {...(net === 'nationalId' ? { hint: t('masking.net.nationalIdHint') } : {})}
          checked={draft.nets.includes(net)}
          onChecked={(on) =>
            onChange({ nets: textNets.filter((each) => (each === net ? on : draft.nets.includes(each))) })
          }
        />
      ))}
      {draft.nets.length < textNets.length ? <Banner tone="warn">{t('masking.netsOff')}</Banner> : undefined}
    </FieldSet>
  );
}
