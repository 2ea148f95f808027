/** The catalogue of documents that agents may offer: written here, and read in the visitor's panel. */

import type { DocumentEdit, DocumentShown } from '@alongside/protocol';
import { deliveryLimits } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { announce } from '../parts/announcer.js';
import { Button } from '../parts/button.js';
import { TextArea, TextField } from '../parts/field.js';
import { Loaded } from '../parts/loaded.js';
import { ModalForm } from '../parts/modal-form.js';
import { Empty } from '../parts/page.js';
import { useBusy } from '../parts/use-busy.js';
import { useLoaded } from '../parts/use-loaded.js';

type Editing = DocumentShown | 'new' | undefined;

export function DocumentsSection() {
  const { api } = useApp();
  const { t } = useMessages();
  const [editing, setEditing] = useState<Editing>();
  const documents = useLoaded('documents', () => api.get<readonly DocumentShown[]>('/documents'));
  return (
    <>
      <div className="section-acts">
        <Button tone="primary" icon="plus" onClick={() => setEditing('new')}>
          {t('documents.add')}
        </Button>
      </div>
      <Loaded from={documents}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('documents.none')}>{t('documents.noneText')}</Empty>
          ) : (
            <DocumentsTable list={list} onEdit={setEditing} onRemoved={documents.reload} />
          )
        }
      </Loaded>
      {editing === undefined ? undefined : (
        <DocumentForm
          document={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSaved={documents.reload}
        />
      )}
    </>
  );
}

function DocumentsTable({
  list,
  onEdit,
  onRemoved,
}: {
  readonly list: readonly DocumentShown[];
  readonly onEdit: (document: DocumentShown) => void;
  readonly onRemoved: () => void;
}) {
  const { api } = useApp();
  const { t, date } = useMessages();
  const { busy, run } = useBusy();
  const remove = async ({ documentId }: DocumentShown): Promise<void> => {
    const removed = await run(() => api.delete(`/documents/${documentId}`));
    if (removed.ok) onRemoved();
  };
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('documents.title')}</th>
            <th scope="col">{t('documents.changed')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('documents.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.map((each) => (
            <tr key={each.documentId}>
              <th scope="row">{each.title}</th>
              <td>{date(each.changedAt)}</td>
              <td>
                <Button
                  size="small"
                  aria-label={t('documents.editOf', { title: each.title })}
                  onClick={() => onEdit(each)}
                >
                  {t('documents.edit')}
                </Button>{' '}
                <Button
                  size="small"
                  tone="quiet"
                  busy={busy}
                  aria-label={t('documents.removeOf', { title: each.title })}
                  onClick={() => void remove(each)}
                >
                  {t('documents.remove')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DocumentForm({
  document,
  onClose,
  onSaved,
}: {
  readonly document: DocumentShown | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  const { api } = useApp();
  const { t } = useMessages();
  const [title, setTitle] = useState(document?.title ?? '');
  const [text, setText] = useState(document?.text ?? '');
  const act = useBusy();
  const save = async (): Promise<void> => {
    const edit: DocumentEdit = { title: title.trim(), text: text.trim() };
    const saved = await act.run(() =>
      document === undefined
        ? api.post<DocumentShown>('/documents', edit)
        : api.put<DocumentShown>(`/documents/${document.documentId}`, edit),
    );
    if (!saved.ok) return;
    announce(t('form.saved'));
    onSaved();
    onClose();
  };
  return (
    <ModalForm
      title={t(document === undefined ? 'documents.add' : 'documents.edit')}
      description={t('documents.formText')}
      submit={t('act.save')}
      act={act}
      disabled={title.trim() === '' || text.trim() === ''}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <TextField
        label={t('documents.title')}
        required
        maxLength={deliveryLimits.titleLength}
        value={title}
        onText={setTitle}
      />
      <TextArea
        label={t('documents.text')}
        required
        rows={10}
        maxLength={deliveryLimits.textLength}
        value={text}
        onText={setText}
      />
    </ModalForm>
  );
}
