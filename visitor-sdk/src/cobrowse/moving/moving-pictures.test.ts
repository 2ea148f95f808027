import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MovingPictures } from './moving-pictures.js';
import { takePicture } from './take-picture.js';

vi.mock('./take-picture.js', () => ({ takePicture: vi.fn() }));

const element = {
  isConnected: true,
  getBoundingClientRect: () => ({ left: 0, top: 0, right: 10, bottom: 10 }),
};
const bytes = new Uint8Array([1]);

let now = 0;
let tick: (() => void) | undefined;
let behind = false;
let announced: number[] = [];
let dropped: string[] = [];
let made = 0;
let pictures: MovingPictures;

/** Lets the interval run once, and what it began come to its end. */
async function pass(ms: number): Promise<void> {
  now += ms;
  tick?.();
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

beforeEach(() => {
  [now, behind, announced, dropped, made] = [1_000, false, [], [], 0];
  vi.mocked(takePicture).mockReset().mockResolvedValue({ bytes, contentType: 'image/webp' });
  const window = {
    innerWidth: 100,
    innerHeight: 100,
    setInterval: (run: () => void) => {
      tick = run;
      return 1;
    },
    clearInterval: () => {
      tick = undefined;
    },
  } as unknown as Window & typeof globalThis;
  pictures = new MovingPictures({
    window,
    nodeOf: () => element as unknown as Node,
    keep: () => {
      made += 1;
      return Promise.resolve(`hash${made}`);
    },
    drop: (hash) => dropped.push(hash),
    isBehind: () => behind,
    onPicture: (id) => announced.push(id),
    now: () => now,
  });
  pictures.note(7);
});

describe('MovingPictures', () => {
  it('takes the next picture only after the last was asked for', async () => {
    await pass(0);
    await pass(1_000);
    await pass(1_000);
    expect(announced).toEqual([7]);
    pictures.wanted(['hash1']);
    await pass(5_000);
    expect(announced).toEqual([7, 7]);
    expect(pictures.pictureOf(7)).toBe('hash2');
  });

  it('takes fewer when they are asked for later', async () => {
    await pass(0);
    await pass(1_000);
    pictures.wanted(['hash1']);
    await pass(2_900);
    expect(announced).toHaveLength(1);
    await pass(200);
    expect(announced).toHaveLength(2);
  });

  it('takes none while the connection cannot take what it has', async () => {
    behind = true;
    await pass(10_000);
    expect(takePicture).not.toHaveBeenCalled();
  });

  it('tells nobody of a picture that is the same, and keeps only the last two', async () => {
    await pass(0);
    for (const hash of ['hash1', 'hash2', 'hash3']) {
      pictures.wanted([hash]);
      await pass(6_000);
    }
    expect(dropped).toEqual(['hash1', 'hash2']);
    made = 3;
    pictures.wanted(['hash4']);
    await pass(6_000);
    expect(announced).toHaveLength(4);
  });

  it('shows nothing of what may not be read, and goes on', async () => {
    vi.mocked(takePicture).mockRejectedValueOnce(new Error('tainted'));
    await pass(0);
    expect(pictures.pictureOf(7)).toBeUndefined();
    await pass(1_000);
    expect(pictures.pictureOf(7)).toBe('hash1');
  });

  it('ends with the recording', async () => {
    pictures.stop();
    expect(tick).toBeUndefined();
    expect(pictures.pictureOf(7)).toBeUndefined();
  });
});
