/** A register as a file: taken out to be looked over elsewhere, and loaded again to be proposed. */

import { type RegisterDocument, readRegister } from '@alongside/protocol';
import { useRef, useState } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';

export function downloadJson(name: string, value: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

export function RegisterFile({
  onLoaded,
}: {
  readonly onLoaded: (body: RegisterDocument, edition: string | undefined) => void;
}) {
  const { t } = useMessages();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string>();
  const load = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const read = readRegister(await file.text());
    if (read.ok) return onLoaded(read.body, read.edition);
    const { line, place } = read;
    setWrong(place === '' ? t('register.loadFailed', { line }) : t('register.loadWrong', { line, place }));
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        onChange={(event) => {
          void load(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()}>{t('register.load')}</Button>
      {wrong === undefined ? undefined : (
        <Banner tone="bad" role="alert">
          {wrong}
        </Banner>
      )}
    </>
  );
}
