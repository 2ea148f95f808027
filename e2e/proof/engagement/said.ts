/** What is said to be stored, so that every detector of a stored thing can be shown to find it. */

import type { Control } from '../control.js';
import { createToken } from './channels.js';
import type { Said } from './scene.js';

/** Kept in the database and in nothing else that people read. */
const stored = {
  foundBy: ['sql', 'wal', 'image', 'files'],
  hiddenFrom: ['logs', 'names', 'sinks'],
} as const satisfies Pick<Control, 'foundBy' | 'hiddenFrom'>;

export interface SaidTokens {
  readonly said: Said;
  /** Without the answers to a survey that an engagement with a sudden end never asks for. */
  controls(answered: boolean): readonly Control[];
}

export function chooseWords(): SaidTokens {
  const [line, name, topic, answer] = [createToken(), createToken(), createToken(), createToken()];
  const control = (of: string, token: string): Control => ({ name: of, token, ...stored });
  return {
    said: { line, name, topic, answer },
    controls: (answered) => [
      control('chat line', line),
      control("visitor's name", name),
      control("visitor's topic", topic),
      ...(answered ? [control('survey answer', answer)] : []),
    ],
  };
}

/** In every row of technical facts, as a number of 16 bytes: in letters only SQL and what goes to the database has it. */
export function metadataControl(engagementId: string): Control {
  return { name: 'metadata value', token: engagementId, foundBy: ['sql'], hiddenFrom: ['sinks'] };
}
