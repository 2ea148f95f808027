/** A list that officers add to: the way to add, what is there, and the dialogue while something is added. */

import type { ReactNode } from 'react';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { Loaded } from '../parts/loaded.js';
import { Empty } from '../parts/page.js';
import { useLoaded } from '../parts/use-loaded.js';
import type { Adding } from './use-addition.js';

export function AddedList<Entry>({
  of,
  dialogue: Dialogue,
  onChanged,
  children,
}: {
  /** Both the list's address and the beginning of its words. */
  readonly of: 'agreements' | 'contracts' | 'recipients' | 'disclosures';
  readonly dialogue: (adding: Adding) => ReactNode;
  readonly onChanged?: () => void;
  readonly children: (list: readonly Entry[], onChanged: () => void) => ReactNode;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [adds, setAdds] = useState(false);
  const loaded = useLoaded(of, () => api.get<readonly Entry[]>(`/${of}`));
  const reload = (): void => {
    loaded.reload();
    onChanged?.();
  };
  return (
    <>
      <div className="section-acts">
        <Button tone="primary" icon="plus" onClick={() => setAdds(true)}>
          {t(`${of}.add`)}
        </Button>
      </div>
      <Loaded from={loaded}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t(`${of}.none`)}>{t(`${of}.noneText`)}</Empty>
          ) : (
            children(list, reload)
          )
        }
      </Loaded>
      {adds ? <Dialogue onClose={() => setAdds(false)} onAdded={reload} /> : undefined}
    </>
  );
}
