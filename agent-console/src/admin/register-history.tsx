/** Earlier editions: who made them, who put them in force, why, and what stood in them. */

import type { EditionShown, RegisterDocument } from '@alongside/protocol';
import { useState } from 'react';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Button } from '../parts/button.js';
import { Loaded } from '../parts/loaded.js';
import { Modal } from '../parts/modal.js';
import { Table } from '../parts/table.js';
import { useLoaded } from '../parts/use-loaded.js';
import { RegisterTables } from './register-tables.js';

export function RegisterHistory({ history }: { readonly history: readonly EditionShown[] }) {
  const { t, dateTime } = useMessages();
  const [reading, setReading] = useState<EditionShown>();
  return (
    <details>
      <summary>{t('register.history')}</summary>
      <Table
        label={t('register.history')}
        columns={[
          ...['#', t('register.state'), t('register.history.proposed'), t('register.history.decided')],
          t('register.note'),
          { name: t('register.read'), look: 'unseen' },
        ]}
      >
        {history.map((each) => (
          <tr key={each.editionId}>
            <th scope="row">{each.number}</th>
            <td>{each.state === 'proposed' ? '' : t(`register.state.${each.state}`)}</td>
            <td>
              {each.proposedBy ?? t('register.notAnybody')}
              <span className="sub">{dateTime(each.proposedAt)}</span>
            </td>
            <td>
              {each.decidedBy ?? '–'}
              {each.decidedAt === undefined ? undefined : (
                <span className="sub">{dateTime(each.decidedAt)}</span>
              )}
            </td>
            <td>{each.note}</td>
            <td>
              <Button
                size="small"
                onClick={() => setReading(each)}
                aria-label={t('register.readOf', { number: each.number })}
              >
                {t('register.read')}
              </Button>
            </td>
          </tr>
        ))}
      </Table>
      {reading === undefined ? undefined : (
        <EditionDialogue edition={reading} onClose={() => setReading(undefined)} />
      )}
    </details>
  );
}

function EditionDialogue({
  edition: { editionId, number, version },
  onClose,
}: {
  readonly edition: EditionShown;
  readonly onClose: () => void;
}) {
  const { api } = useApp();
  const { t, day } = useMessages();
  const path = `/register/editions/${editionId}`;
  const loaded = useLoaded(path, () => api.get<RegisterDocument>(path));
  const title = t('register.edition', { number, version: day(version) });
  return (
    <Modal title={title} onClose={onClose} wide>
      <Loaded from={loaded}>{(body) => <RegisterTables body={body} onBody={undefined} />}</Loaded>
    </Modal>
  );
}
