/**
 * Shows the visitor's own page in a call, its private parts covered before a picture leaves the browser. Loaded with
 * the first yes to it.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import { takePristineDom } from '../../cobrowse/masking/pristine-dom.js';
import { privacyRulesFor } from '../../cobrowse/page-rules.js';
import { panelBoxes } from '../../embedding/panel-boxes.js';
import { BurntPicture } from './burnt-picture.js';
import { CodeStrip } from './code-strip.js';
import { CoveredElements } from './covered-elements.js';
import { PageLooks } from './page-looks.js';

export interface TabShareDeps {
  readonly track: MediaStreamTrack;
  /** Of several, the strictest counts at each element. */
  readonly policy: readonly MaskingPolicy[];
  /** Our own: what is drawn there is covered. */
  readonly root: ShadowRoot;
  readonly hiddenWords: string;
  readonly onShown: (shown: boolean) => void;
}

export interface TabShare {
  /** What leaves the browser. */
  readonly track: MediaStreamTrack;
  /** Other rules hold from now on. Without any, nothing is shown. */
  useRules(policy: readonly MaskingPolicy[]): void;
  stop(): void;
}

export interface SharePart {
  shareTab(deps: TabShareDeps): TabShare;
}

export function shareTab(deps: TabShareDeps): TabShare {
  const { track, root, hiddenWords, onShown } = deps;
  const secret = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const dom = takePristineDom(window);
  const strip = new CodeStrip(window, root);
  const rules = privacyRulesFor(window, dom, { policy: deps.policy, excluded: [root.host] });
  const covered = new CoveredElements({
    ...{ window, dom, rules },
    ownBoxes: () => panelBoxes(root, strip.host),
  });
  let knowsRules = true;
  const looks = new PageLooks({
    ...{ window, strip, secret },
    find: () => (knowsRules ? covered.find() : undefined),
    onLook: () => picture.looked(),
  });
  const picture = new BurntPicture({
    ...{ window, track, secret, hiddenWords, onShown },
    looks: () => looks.looks,
  });
  return {
    track: picture.track,
    useRules: (policy) => {
      knowsRules = policy.length > 0;
      if (knowsRules) rules.use(policy);
    },
    stop: () => {
      looks.stop();
      picture.stop();
      strip.remove();
    },
  };
}
