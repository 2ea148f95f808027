/** A page of numbered nodes with its masker, for tests of what leaves. */

import { CssJudge } from '../src/cobrowse/masking/css/css-judge.js';
import { Masker } from '../src/cobrowse/masking/masker.js';
import type { Verdict } from '../src/cobrowse/masking/privacy-rules.js';
import { FakePage } from './fake-page.js';

export const SHOWN: Verdict = { exposure: 'texts', typed: false, secret: false };
export const MASKED: Verdict = { ...SHOWN, exposure: 'masked' };
export const ALLOWED: Verdict = { ...SHOWN, exposure: 'allowed' };
export const BLOCKED: Verdict = { ...SHOWN, exposure: 'blocked' };
export const FIELD: Verdict = { ...SHOWN, typed: true };

export class MaskedPage {
  readonly page = new FakePage();
  /** How often a snapshot was asked for. */
  asked = 0;
  readonly masker = new Masker({
    page: this.page,
    judge: new CssJudge(
      (property, value) =>
        (property === 'color' && /^(?:red|blue|inherit)$/.test(value)) ||
        (/^(?:width|height)$/.test(property) && /^\d+(?:px|ch)$/.test(value)),
      () => false,
    ),
    assets: { reference: () => undefined },
    readForeignSheet: () => undefined,
    now: () => 5,
    onSnapshotNeeded: () => {
      this.asked += 1;
    },
  });

  readonly put = (id: number, tag: string, verdict: Verdict): void => {
    this.page.nodes.set(id, { tag, verdict });
  };

  readonly increment = (data: object) => this.masker.mask({ type: 3, timestamp: 1, data });

  readonly change = (part: object) =>
    this.increment({ source: 0, texts: [], attributes: [], removes: [], adds: [], ...part });

  /** Puts a text into the replay. */
  readonly show = (id: number, textContent: string) =>
    this.change({ adds: [{ parentId: 1, nextId: null, node: { id, type: 3, textContent } }] });

  constructor() {
    this.put(1, 'html', SHOWN);
  }
}
