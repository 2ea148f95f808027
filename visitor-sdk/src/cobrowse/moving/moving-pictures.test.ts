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
/** Under which hashes the next pictures are kept, where a test says so; undefined where there is no room. */
let keptAs: (string | undefined)[] = [];
let pictures: MovingPictures;

/** Lets the interval run once, and what it began come to its end. */
async function pass(ms: number): Promise<void> {
  now += ms;
  tick?.();
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

beforeEach(() => {
  [now, behind, announced, dropped, made, keptAs] = [1_000, false, [], [], 0, []];
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
      return Promise.resolve(keptAs.length === 0 ? `hash${made}` : keptAs.shift());
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

  it('shows nothing any more of what may not be read any more', async () => {
    await pass(0);
    pictures.wanted(['hash1']);
    vi.mocked(takePicture).mockRejectedValueOnce(new Error('tainted'));
    await pass(1_000);
    expect(pictures.pictureOf(7)).toBeUndefined();
    expect(announced).toEqual([7, 7]);
    expect(dropped).toEqual(['hash1']);
  });

  it('leaves what cannot be read now as it was', async () => {
    await pass(0);
    pictures.wanted(['hash1']);
    vi.mocked(takePicture).mockResolvedValueOnce('asBefore');
    await pass(1_000);
    expect(pictures.pictureOf(7)).toBe('hash1');
    expect(announced).toEqual([7]);
  });

  it('shows nothing rather than what was there, where there is no room, and tries again later', async () => {
    keptAs = ['hash1', undefined];
    await pass(0);
    pictures.wanted(['hash1']);
    await pass(1_000);
    expect(pictures.pictureOf(7)).toBeUndefined();
    await pass(1_000);
    expect(pictures.pictureOf(7)).toBeUndefined();
    await pass(4_000);
    expect(pictures.pictureOf(7)).toBe('hash3');
  });

  it('keeps a picture that comes again, or that another element shows', async () => {
    keptAs = ['red', 'blue', 'red'];
    await pass(0);
    for (const hash of ['red', 'blue']) {
      pictures.wanted([hash]);
      await pass(1_000);
    }
    expect(pictures.pictureOf(7)).toBe('red');
    expect(dropped).toEqual([]);
    pictures.note(8);
    keptAs = ['red', 'green', 'grey', 'black'];
    await pass(0);
    pictures.wanted(['red']);
    await pass(1_000);
    pictures.wanted(['green']);
    await pass(1_000);
    expect(pictures.pictureOf(7)).toBe('black');
    expect(dropped).toEqual(['blue']);
  });

  it('shows as many as there are, in turns, whoever waits longest first', async () => {
    vi.mocked(takePicture).mockImplementation(() => {
      behind = true;
      return Promise.resolve({ bytes, contentType: 'image/webp' });
    });
    for (let id = 100; id < 200; id += 1) pictures.note(id);
    for (let turn = 0; turn < 101; turn += 1) {
      behind = false;
      await pass(1_000);
      pictures.wanted([`hash${made}`]);
    }
    expect(new Set(announced).size).toBe(101);
  });

  it('ends with the recording', async () => {
    pictures.stop();
    expect(tick).toBeUndefined();
    expect(pictures.pictureOf(7)).toBeUndefined();
  });
});
