/** Language and light or dark; and whose software this is made of. */

import { languages } from '@alongside/protocol';
import { DropdownMenu } from 'radix-ui';
import { useMessages } from '../messages/use-messages.js';
import type { Theme } from './preferences.js';
import { chooseLanguage, chooseTheme, language, theme } from './preferences.js';
import { useStore } from './store.js';

const themes: readonly Theme[] = ['system', 'light', 'dark'];

export function LookMenu() {
  const { t } = useMessages();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="button button-quiet button-small">
          {t('look.menu')}
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <LookItems />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The same items stand in the menu of the person who is signed in. */
export function LookItems() {
  const { t } = useMessages();
  const chosenLanguage = useStore(language);
  const chosenTheme = useStore(theme);
  return (
    <>
      <DropdownMenu.Label className="menu-label">{t('look.language')}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={chosenLanguage}>
        {languages.map((each) => (
          <DropdownMenu.RadioItem
            key={each}
            value={each}
            className="menu-item"
            onSelect={() => chooseLanguage(each)}
          >
            <Dot />
            <span lang={each}>{t(`language.${each}`)}</span>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Label className="menu-label">{t('look.theme')}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={chosenTheme}>
        {themes.map((each) => (
          <DropdownMenu.RadioItem
            key={each}
            value={each}
            className="menu-item"
            onSelect={() => chooseTheme(each)}
          >
            <Dot />
            {t(`look.${each}`)}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Item className="menu-item" asChild>
        <a href="/third-party-notices.txt" target="_blank" rel="noreferrer">
          {t('look.licences')}
        </a>
      </DropdownMenu.Item>
    </>
  );
}

function Dot() {
  return (
    <span className="menu-dot" aria-hidden="true">
      <DropdownMenu.ItemIndicator>●</DropdownMenu.ItemIndicator>
    </span>
  );
}
