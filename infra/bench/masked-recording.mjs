/** The SDK's own recorder with its masking on a page, and what it would hand to the engine that seals. */

/** A script for the page: `window.corpus` fills from the moment it is there. */
export const MASKED_RECORDER = `
  import { takePristineDom } from './visitor-sdk/src/cobrowse/masking/pristine-dom.ts';
  import { privacyRulesFor } from './visitor-sdk/src/cobrowse/page-rules.ts';
  import { Recorder } from './visitor-sdk/src/cobrowse/recorder.ts';
  import * as movingPart from './visitor-sdk/src/cobrowse/moving/moving-part.ts';
  import { strictestMasking } from './packages/protocol/src/masking-policy.ts';
  const dom = takePristineDom(window);
  const policy = { ...strictestMasking, text: 'shown' };
  const rules = privacyRulesFor(window, dom, { policy, excluded: [] });
  const corpus = { snapshot: undefined, batches: [] };
  const sink = {
    push: (events) => corpus.batches.push(structuredClone(events)),
    snapshot: (events) => { corpus.snapshot = structuredClone(events); },
    needSnapshot: () => { throw new Error('a snapshot was asked for'); },
    behind: false,
  };
  window.corpus = corpus;
  const others = { moving: async () => movingPart, policies: () => [policy], sendAsset: () => undefined };
  window.recorder = new Recorder({ window, dom, rules, sink, ...others });
  window.recorder.start();
`;

/** rrweb's own recording in the same form. */
export const PLAIN_RECORDER = `
  import { record } from '@rrweb/record';
  const corpus = { snapshot: [], batches: [] };
  window.corpus = corpus;
  record({
    emit: (event) => {
      const isBefore = !corpus.snapshot.some(({ type }) => type === 2);
      if (isBefore) corpus.snapshot.push(structuredClone(event));
      else corpus.batches.push([structuredClone(event)]);
    },
    maskAllInputs: true, slimDOMOptions: 'all', inlineStylesheet: true,
    sampling: { mousemove: 16, mousemoveCallback: 16, scroll: 33 },
  });
`;
