/** One click, text, key and drag of an agent, as the page hears it, beside a person's; the full run has all of them. */

import { compareHands } from './control/event-comparison.js';

compareHands({
  clicks: ['#button'],
  typed: [['#text', 'Ab 1!']],
  keys: [['#button', 'Tab']],
  drags: ['#slider'],
});
