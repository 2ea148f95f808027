/** Whose conversation a number is, before a request is said to be about it: what is granted is done to that one. */

import type { EngagementRecord } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Loaded } from '../parts/loaded.js';
import { useLoaded } from '../parts/use-loaded.js';

const WHOLE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function NamedConversation({ number }: { readonly number: string }) {
  const read = number.trim().toLowerCase();
  return WHOLE.test(read) ? <Found number={read} /> : undefined;
}

function Found({ number }: { readonly number: string }) {
  const { api } = useApp();
  const { t, dateTime } = useMessages();
  const record = useLoaded(number, () => api.get<EngagementRecord>(`/engagements/${number}`));
  return (
    <Loaded from={record}>
      {({ visitorName, siteName, requestedAt, topic }) => (
        <p role="status">
          {[visitorName ?? t('visitor.unnamed'), topic, siteName, dateTime(requestedAt)]
            .filter((each) => each !== undefined)
            .join(' · ')}
        </p>
      )}
    </Loaded>
  );
}
