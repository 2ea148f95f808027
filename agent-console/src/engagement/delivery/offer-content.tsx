/** Putting something before the visitor: a page of their site, a link, or a document of the catalogue. */

import type { DeliveryContent, DeliveryKind, DocumentShown } from '@alongside/protocol';
import { parseDeliveryContent } from '@alongside/protocol';
import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.js';
import { useStore } from '../../app/store.js';
import { useMessages } from '../../messages/use-messages.js';
import { Button } from '../../parts/button.js';
import { SelectField, TextField } from '../../parts/field.js';
import { ModalForm } from '../../parts/modal-form.js';
import { useBusy } from '../../parts/use-busy.js';
import type { EngagementRoom } from '../engagement-room.js';
import { useMay } from '../use-may.js';

const kinds: readonly DeliveryKind[] = ['page', 'link', 'document'];

export function OfferContent({ room }: { readonly room: EngagementRoom }) {
  const { t } = useMessages();
  const may = useMay(room);
  const entries = useStore(room.deliveries.entries);
  const [asks, setAsks] = useState(false);
  const [newest] = entries;
  if (!may('delivery:offer')) return undefined;
  return (
    <div className="deliveries">
      <Button size="small" icon="share" onClick={() => setAsks(true)}>
        {t('delivery.offer')}
      </Button>
      {newest === undefined ? undefined : (
        <span role="status" className="delivery-state">
          {t(`delivery.kind.${newest.kind}`)}: {t(`delivery.state.${newest.state}`)}
        </span>
      )}
      {asks ? <OfferForm room={room} onClose={() => setAsks(false)} /> : undefined}
    </div>
  );
}

function OfferForm({ room, onClose }: { readonly room: EngagementRoom; readonly onClose: () => void }) {
  const { api } = useApp();
  const { t } = useMessages();
  const [kind, setKind] = useState<DeliveryKind>('page');
  const [address, setAddress] = useState('/');
  const [documents, setDocuments] = useState<readonly DocumentShown[]>([]);
  const [documentId, setDocumentId] = useState('');
  const act = useBusy();
  useEffect(() => {
    void api.get<readonly DocumentShown[]>('/documents').then((found) => {
      if (!found.ok) return;
      setDocuments(found.value);
      setDocumentId(found.value[0]?.documentId ?? '');
    });
  }, [api]);
  const content = contentOf(kind, kind === 'document' ? documentId : address.trim());
  const offer = async (): Promise<void> => {
    if (content === undefined) return;
    const offered = await act.run(() => room.deliveries.offer(content));
    if (offered.ok) onClose();
  };
  return (
    <ModalForm
      title={t('delivery.title')}
      description={t('delivery.text')}
      submit={t('delivery.submit')}
      act={act}
      disabled={content === undefined}
      onSubmit={() => void offer()}
      onClose={onClose}
    >
      <SelectField
        label={t('delivery.what')}
        value={kind}
        onText={(text) => {
          const next = kinds.find((each) => each === text) ?? 'page';
          setKind(next);
          setAddress(next === 'link' ? 'https://' : '/');
        }}
      >
        {kinds.map((each) => (
          <option key={each} value={each}>
            {t(`delivery.kind.${each}`)}
          </option>
        ))}
      </SelectField>
      {kind === 'document' ? (
        <SelectField label={t('delivery.document')} value={documentId} onText={setDocumentId}>
          {documents.length === 0 ? <option value="">{t('delivery.noDocuments')}</option> : undefined}
          {documents.map((each) => (
            <option key={each.documentId} value={each.documentId}>
              {each.title}
            </option>
          ))}
        </SelectField>
      ) : (
        <TextField
          label={t(kind === 'page' ? 'delivery.path' : 'delivery.link')}
          hint={t(kind === 'page' ? 'delivery.pathHint' : 'delivery.linkHint')}
          value={address}
          onText={setAddress}
        />
      )}
    </ModalForm>
  );
}

/** What the service takes, or undefined while it is none of it. */
function contentOf(kind: DeliveryKind, text: string): DeliveryContent | undefined {
  const given =
    kind === 'page'
      ? { kind, path: text }
      : kind === 'link'
        ? { kind, url: text }
        : { kind, documentId: text };
  return parseDeliveryContent(given);
}
