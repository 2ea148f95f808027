/** The pictures, styles, sounds and inner pages that pages of the zoo load: made here, so that none is a file. */

import { deflateSync } from 'node:zlib';
import { boxFont } from './box-font.js';
import { innerPages } from './inner-pages.js';

export interface ZooAsset {
  readonly contentType: string;
  readonly body: Buffer | string;
}

type Colour = readonly [red: number, green: number, blue: number];

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc(body), body.length + 4);
  return framed;
}

/** A square with another one in it, so that stretching and cropping show. */
function png(size: number, outer: Colour, inner: Colour): ZooAsset {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Array.from({ length: size }, (_, y) => {
    const row = [0];
    for (let x = 0; x < size; x += 1) {
      const isInner = x > size / 4 && x < size / 2 && y > size / 4 && y < (size * 3) / 4;
      row.push(...(isInner ? inner : outer));
    }
    return Buffer.from(row);
  });
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return { contentType: 'image/png', body: Buffer.concat([signature, ...parts]) };
}

function svg(inner: string): ZooAsset {
  return {
    contentType: 'image/svg+xml',
    body: `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">${inner}</svg>`,
  };
}

/** A quarter of a second of a tone. */
function wav(): ZooAsset {
  const samples = 2_000;
  const body = Buffer.alloc(44 + samples, 128);
  body.write('RIFF', 0);
  body.writeUInt32LE(36 + samples, 4);
  body.write('WAVEfmt ', 8);
  body.writeUInt32LE(16, 16);
  body.writeUInt16LE(1, 20);
  body.writeUInt16LE(1, 22);
  body.writeUInt32LE(8_000, 24);
  body.writeUInt32LE(8_000, 28);
  body.writeUInt16LE(1, 32);
  body.writeUInt16LE(8, 34);
  body.write('data', 36);
  body.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at += 1) body[44 + at] = 128 + Math.round(60 * Math.sin(at / 3));
  return { contentType: 'audio/wav', body };
}

const HTML = 'text/html; charset=utf-8';
const css = (body: string): ZooAsset => ({ contentType: 'text/css', body });
const html = (body: string): ZooAsset => ({
  contentType: HTML,
  body: `<!doctype html><html data-alongside="allow"><meta charset="utf-8">${body}</html>`,
});

export const zooAssets: ReadonlyMap<string, ZooAsset> = new Map([
  ...[...innerPages].map(([path, body]) => [path, { contentType: HTML, body }] as const),
  ['/image/small.png', png(24, [220, 60, 60], [250, 230, 120])],
  ['/image/other.png', png(30, [40, 140, 90], [250, 250, 250])],
  ['/image/large.png', png(96, [50, 90, 200], [240, 240, 140])],
  ['/image/back.png', png(48, [150, 80, 190], [230, 200, 250])],
  ['/image/lazy.png', png(32, [240, 150, 40], [40, 40, 40])],
  ['/image/wide.svg', svg('<rect width="40" height="40" rx="9" fill="seagreen"/>')],
  ['/image/dot.svg', svg('<circle cx="20" cy="20" r="12" fill="crimson"/>')],
  ['/member/image.png', png(40, [20, 110, 130], [250, 240, 200])],
  [
    '/member/sheet.css',
    css('.member { color: rgb(20, 110, 130); border-bottom: 4px solid rgb(20, 110, 130) }'),
  ],
  ['/member/font.ttf', { contentType: 'font/ttf', body: boxFont() }],
  ['/font/zoo.ttf', { contentType: 'font/ttf', body: boxFont() }],
  [
    '/sheet/one.css',
    css('.a { color: rgb(190, 18, 60) } .b { padding: 6px; background: rgb(224, 231, 255) }'),
  ],
  ['/sheet/two.css', css('.a { color: rgb(2, 132, 199) } .c { font-style: italic }')],
  ['/sheet/three.css', css('@import "/sheet/imported.css"; .d { font-size: 22px }')],
  ['/sheet/imported.css', css('.b { border: 2px dotted rgb(120, 53, 15) }')],
  ['/sheet/far.css', css('.d { background: rgb(254, 243, 199) }')],
  ['/sound/tone.wav', wav()],
  [
    '/inner/nest.html',
    html('<body style="margin: 4px; background: rgb(240, 249, 255)"><p>an inner page</p></body>'),
  ],
  [
    '/inner/tall.html',
    html(
      '<body style="margin: 4px"><p>a tall inner page</p><div style="height: 700px; background: linear-gradient(lime, teal)">tall</div></body>',
    ),
  ],
]);
