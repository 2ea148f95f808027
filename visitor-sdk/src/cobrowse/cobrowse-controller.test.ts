import type { FrameSender, FrameSenderHooks } from '@alongside/frames';
import { describe, expectTypeOf, it } from 'vitest';
import type { CobrowseController, CobrowseSender } from './cobrowse-controller.js';

describe('the controller', () => {
  it('takes the sender of the frames as it is, and hears its hooks', () => {
    expectTypeOf<FrameSender>().toExtend<CobrowseSender>();
    expectTypeOf<CobrowseController['watch']>().toExtend<FrameSenderHooks['onWatched']>();
    expectTypeOf<CobrowseController['takeSnapshot']>().toExtend<FrameSenderHooks['onSnapshotWanted']>();
    expectTypeOf<CobrowseController['intent']>().toExtend<FrameSenderHooks['onIntent']>();
    expectTypeOf<CobrowseController['want']>().toExtend<FrameSenderHooks['onWant']>();
  });
});
