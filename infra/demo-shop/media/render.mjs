// Renders the drawings to WebP files in this folder: `node infra/demo-shop/media/render.mjs /path/to/chromium`.
import { writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { drawings } from './drawings.mjs';

const executablePath = process.argv[2];
if (executablePath === undefined) throw new Error('Name the browser to render with as the first argument.');
const browser = await chromium.launch({ executablePath });
try {
  const page = await browser.newPage();
  for (const { name, svg, widths } of drawings) {
    for (const width of widths) {
      const url = await page.evaluate(draw, { svg, width });
      await writeFile(
        new URL(`${name}-${width}.webp`, import.meta.url),
        Buffer.from(url.split(',')[1], 'base64'),
      );
    }
  }
} finally {
  await browser.close();
}

/** Runs in the page. */
async function draw({ svg, width }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.round((width * image.naturalHeight) / image.naturalWidth);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);

  return canvas.toDataURL('image/webp', 0.82);
}
