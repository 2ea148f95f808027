/** Where what is held of a visitor came from, by class; every export says so (Art. 15(1)(g)). */

import type { VisitorExport } from '@alongside/protocol';

export const exportSources: VisitorExport['sources'] = {
  transcript: ['written by you', 'written by the agent who helped you'],
  survey: ['answered by you'],
  metadata: [
    'your browser, when it connected',
    'what you agreed to and what was done in the conversation',
    'the settings of the site where it began',
  ],
  case: ['asked by you', 'what the company answered and did about it'],
};
