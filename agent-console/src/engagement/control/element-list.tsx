/** What can be acted on, as a list: for those who do not point with a mouse, or cannot see what they point at. */

import { intentLimits } from '@alongside/protocol';
import { useEffect, useState } from 'react';
import { useMessages } from '../../messages/use-messages.js';
import { Button } from '../../parts/button.js';
import { TextField } from '../../parts/field.js';
import { Modal } from '../../parts/modal.js';
import type { Located } from '../player/replay-messages.js';
import type { ReplayPort } from '../player/replay-port.js';
import type { Lent } from './lease.js';
import { outcomeText } from './outcome-text.js';
import type { Identified, PagePointer } from './page-pointer.js';
import { TypeBox } from './type-box.js';

export function ElementList({
  replay,
  pointer,
  lent,
  message,
  onMessage,
  onClose,
}: {
  readonly replay: ReplayPort;
  readonly pointer: PagePointer;
  readonly lent: Lent;
  /** What is said with the next highlight. */
  readonly message: string;
  readonly onMessage: (message: string) => void;
  readonly onClose: () => void;
}) {
  const messages = useMessages();
  const { t } = messages;
  const [items, setItems] = useState<readonly Located[]>();
  const [search, setSearch] = useState('');
  const [said, setSaid] = useState<string>();
  const [typing, setTyping] = useState<Identified>();
  useEffect(() => {
    void replay.list().then(setItems);
  }, [replay]);
  const shown = (items ?? []).filter((item) => item.label.toLowerCase().includes(search.toLowerCase()));
  const point = async (item: Located): Promise<Identified | undefined> => {
    const found = await pointer.identify(item);
    setSaid(found === undefined ? t('intent.targetGone') : t('elements.pointed'));
    return found;
  };
  const click = async (item: Located): Promise<void> => {
    const found = await point(item);
    if (found !== undefined) setSaid(outcomeText(await pointer.click(found), messages));
  };
  const highlight = async (item: Located): Promise<void> =>
    setSaid(outcomeText(await pointer.highlightElement(item, message), messages));
  const type = async (item: Located): Promise<void> => setTyping(await point(item));
  return (
    <Modal title={t('elements.title')} description={t('elements.text')} onClose={onClose} wide>
      <TextField label={t('elements.search')} type="search" value={search} onText={setSearch} />
      {lent.has('draw') ? (
        <TextField
          label={t('marks.message')}
          value={message}
          maxLength={intentLimits.messageLength}
          onText={onMessage}
        />
      ) : undefined}
      <p role="status" className="elements-said">
        {said ?? (items === undefined ? t('state.loading') : '')}
      </p>
      {typing === undefined ? undefined : (
        <TypeBox field={typing} pointer={pointer} onClose={() => setTyping(undefined)} />
      )}
      <ul className="elements">
        {shown.map((item) => (
          <li key={item.place.id}>
            <span className="elements-label">{item.label === '' ? t('elements.unnamed') : item.label}</span>
            <span className="elements-kind">{t(`elements.kind.${kindOf(item)}`)}</span>
            {lent.for('point') === undefined ? undefined : (
              <Button size="small" onClick={() => void point(item)}>
                {t('elements.point')}
              </Button>
            )}
            {lent.has('draw') ? (
              <Button size="small" onClick={() => void highlight(item)}>
                {t('elements.highlight')}
              </Button>
            ) : undefined}
            {lent.has('click') ? (
              <Button size="small" onClick={() => void click(item)}>
                {t('elements.click')}
              </Button>
            ) : undefined}
            {lent.has('type') && item.field !== 'none' ? (
              <Button size="small" onClick={() => void type(item)}>
                {t('elements.type')}
              </Button>
            ) : undefined}
          </li>
        ))}
      </ul>
      {items !== undefined && shown.length === 0 ? <p>{t('elements.none')}</p> : undefined}
    </Modal>
  );
}

function kindOf({ tag, field }: Located): 'field' | 'link' | 'button' {
  if (field !== 'none') return 'field';
  return tag === 'a' ? 'link' : 'button';
}
