/** The words and formats of the chosen language, for components. */

import { useMemo } from 'react';
import { language } from '../app/preferences.js';
import { useStore } from '../app/store.js';
import type { Messages } from './catalogue.js';
import { messagesIn } from './catalogue.js';
import type { Formats } from './formats.js';
import { formatsIn } from './formats.js';

export function useMessages(): Messages & Formats {
  const chosen = useStore(language);
  return useMemo(() => ({ ...messagesIn(chosen), ...formatsIn(chosen) }), [chosen]);
}
