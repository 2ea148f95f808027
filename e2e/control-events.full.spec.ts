/** Every click, text, key and drag of an agent, as the page hears it, beside a person's. */

import { compareHands } from './control/event-comparison.js';

compareHands({
  clicks: ['#button', '#check', '#two', '#text', '#plain', '#editable', '#custom'],
  typed: [
    ['#text', 'Ab 1!'],
    ['#area', 'a\nb'],
    ['#number', '42'],
  ],
  keys: [
    ['#check', 'Space'],
    ['#button', 'Enter'],
    ['#button', 'Space'],
    ['#one', 'ArrowDown'],
    ['#slider', 'ArrowRight'],
    ['#slider', 'End'],
    ['#number', 'ArrowUp'],
    ['#choice', 'ArrowDown'],
    ['#button', 'Tab'],
    ['#area', 'Shift+Tab'],
    ['#custom', 'ArrowLeft'],
  ],
  drags: ['#slider', '#custom'],
});
