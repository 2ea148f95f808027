/** A trace in words that hold nothing of what was found. */

import type { Trace } from '../finding.js';

export function describeTrace(trace: Trace): string {
  switch (trace.kind) {
    case 'canary':
      return `canary of "${trace.channel}" as ${trace.form}`;
    case 'sealed':
      return `a stretch of sealed body ${trace.body}`;
    case 'key':
      return `key ${trace.key}`;
    case 'media':
      return `a stretch of ${trace.of} ${trace.body}`;
    case 'rule':
      return `rule broken: ${trace.rule}`;
  }
}
