/** The English words of the console, by which its buttons and fields are found as a person finds them. */

import { messagesIn } from '../../agent-console/src/messages/catalogue.js';

export const { t, plural } = messagesIn('en');
