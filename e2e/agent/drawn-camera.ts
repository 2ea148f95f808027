/** A camera's film that the tests draw themselves: a person in a striped shirt before a fine chequered wall. */

import { writeFile } from 'node:fs/promises';

export const FILM_WIDTH = 640;
export const FILM_HEIGHT = 360;
const CHECK = 16;
const FRAMES = 8;

type Colour = readonly [red: number, green: number, blue: number];
const INK: Colour = [40, 30, 30];
const HAIR: Colour = [50, 32, 22];
const LIPS: Colour = [170, 80, 80];
const SHADE: Colour = [200, 150, 125];

/** In the format that Chromium takes for a fake camera, which it shows over and over. */
export async function writeFilm(path: string): Promise<void> {
  const parts = [Buffer.from(`YUV4MPEG2 W${FILM_WIDTH} H${FILM_HEIGHT} F24:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < FRAMES; frame += 1)
    parts.push(
      Buffer.from('FRAME\n'),
      planesOf((x, y) => colourAt(x, y, frame === 0)),
    );
  await writeFile(path, Buffer.concat(parts));
}

function colourAt(x: number, y: number, blinks: boolean): Colour {
  const isIn = (dx: number, dy: number, rx: number, ry: number): boolean =>
    ((x - 320 - dx) / rx) ** 2 + ((y - 145 - dy) / ry) ** 2 < 1;
  if (isIn(0, -20, 62, 80) && y < 115) return HAIR;
  if (isIn(0, 0, 55, 75)) {
    const eyes = blinks ? 2 : 5;
    if (isIn(-22, -5, 10, eyes) || isIn(22, -5, 10, eyes)) return INK;
    if (isIn(0, 38, 20, 5)) return LIPS;
    if (isIn(0, 15, 6, 13)) return SHADE;
    const light = 1 - 0.25 * ((x - 320) / 55) ** 2;
    return [225 * light, 175 * light, 150 * light];
  }
  if (Math.abs(x - 320) < 25 && y > 200 && y < 262) return SHADE;
  if (isIn(0, 230, 175, 138)) {
    const light = (1 - (0.2 * Math.abs(x - 320)) / 175) * (Math.floor(x / CHECK) % 2 === 0 ? 2.2 : 1);
    return [40 * light, 60 * light, 95 * light];
  }
  const isLight = (Math.floor(x / CHECK) + Math.floor(y / CHECK)) % 2 === 0;
  return isLight ? [215, 204, 194] : [90, 85, 81];
}

function planesOf(colour: (x: number, y: number) => Colour): Buffer<ArrayBuffer> {
  const size = FILM_WIDTH * FILM_HEIGHT;
  const planes = Buffer.alloc((size * 3) / 2);
  for (let y = 0; y < FILM_HEIGHT; y += 1) {
    for (let x = 0; x < FILM_WIDTH; x += 1) {
      const [red, green, blue] = colour(x, y);
      const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
      planes[y * FILM_WIDTH + x] = luma;
      if (y % 2 === 1 || x % 2 === 1) continue;
      const at = size + (y / 2) * (FILM_WIDTH / 2) + x / 2;
      planes[at] = 128 + (blue - luma) * 0.564;
      planes[at + size / 4] = 128 + (red - luma) * 0.713;
    }
  }
  return planes;
}
