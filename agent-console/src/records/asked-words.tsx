/** In which words a visitor was asked for what a fact says they agreed to, fetched when somebody wants to read them. */

import type { AskedWords } from '@alongside/protocol';
import { rightsPaths } from '@alongside/protocol';
import { useState } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { Loaded } from '../parts/loaded.js';
import { useLoaded } from '../parts/use-loaded.js';
import { askPublic } from '../rights/ask-public.js';
import type { Fact } from './fact-details.js';

/** By the scope of a consent, or by what kind of fact it is: how the keys of its sentences begin. */
const about: Readonly<Record<string, readonly string[]>> = {
  view: ['ask.view.', 'agents.show'],
  voice: ['ask.voice.', 'call.offerVoice'],
  video: ['ask.video.', 'call.offerVideo', 'call.cameraOn'],
  screen: ['ask.screen'],
  lease: ['ask.control.', 'ask.show.', 'ask.kind.', 'control.'],
  callPresence: ['ask.expert.'],
  transfer: ['transfer.'],
};

export function AskedWordsNote({ fact: { kind, fields } }: { readonly fact: Fact }) {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  const { wordsVersion: version, wordsLanguage: language } = fields;
  const scope = String(fields.scope ?? kind);
  const keys = about[scope];
  if (typeof version !== 'string' || (language !== 'en' && language !== 'de') || keys === undefined)
    return undefined;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('record.words')}</summary>
      {open ? (
        <Sentences
          path={(scope === 'transfer' ? rightsPaths.transferWords : rightsPaths.words).replace(
            ':version',
            version,
          )}
          language={language}
          keys={keys}
        />
      ) : undefined}
    </details>
  );
}

function Sentences({
  path,
  language,
  keys,
}: {
  readonly path: string;
  readonly language: keyof AskedWords;
  readonly keys: readonly string[];
}) {
  const { t } = useMessages();
  const loaded = useLoaded(path, () => askPublic<AskedWords>(path, {}));
  return (
    <Loaded from={loaded}>
      {(words) => (
        <>
          <p className="sub">{t('record.wordsFilled')}</p>
          <ul lang={language}>
            {Object.entries(words[language])
              .filter(([key]) => key === 'ask.no' || keys.some((each) => key.startsWith(each)))
              .map(([key, sentence]) => (
                <li key={key}>{sentence}</li>
              ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}
