/** What is about to be added to one of the customer's lists: the draft, and the act that adds it. */

import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { type Busy, useBusy } from '../parts/use-busy.js';

/** Of a dialogue that adds something. */
export interface Adding {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

export interface DraftFields<Draft> {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}

export function useAddition<Draft>(
  { path, empty, bodyOf }: { path: string; empty: Draft; bodyOf: (draft: Draft) => object },
  { onAdded, onClose }: Adding,
): DraftFields<Draft> & { readonly act: Busy; readonly add: () => void } {
  const { api } = useApp();
  const { t } = useMessages();
  const [draft, setDraft] = useState(empty);
  const act = useBusy();
  const add = async (): Promise<void> => {
    const added = await act.run(() => api.post<unknown>(path, bodyOf(draft)));
    if (!added.ok) return;
    announce(t('form.saved'));
    onAdded();
    onClose();
  };
  return {
    draft,
    onChange: (part) => setDraft((before) => ({ ...before, ...part })),
    act,
    add: () => void add(),
  };
}
