/** What a page tells of its visitor, as far as it is what it should be: the page is not type-checked against us. */

import { textLimits } from '@alongside/protocol';
import type { VisitorDetails } from '../embedding/public-api.js';

/** Texts are no longer than the form takes them. */
export function readDetails(details: VisitorDetails | undefined): VisitorDetails {
  const { name, topic, token } = details ?? {};
  return {
    ...(typeof name === 'string' ? { name: name.slice(0, textLimits.nameLength) } : {}),
    ...(typeof topic === 'string' ? { topic: topic.slice(0, textLimits.topicLength) } : {}),
    ...(typeof token === 'function' ? { token } : {}),
  };
}
