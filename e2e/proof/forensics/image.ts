/** Reads the whole image as raw bytes: files, their slack, and the blocks of what was deleted. */

import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';

/** After the arena is closed, so that every block is on it. */
export async function scanImage(scanner: MediumScanner, image: string): Promise<Detection> {
  const look = new Look(scanner, 'image');
  await look.file(image, 'image');
  return look.end();
}
