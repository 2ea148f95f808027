/** The table of all pages of the zoo. */

import { formPages } from './pages/form-pages.js';
import { framePages } from './pages/frame-pages.js';
import { frameworkPages } from './pages/framework-pages.js';
import { layerPages } from './pages/layer-pages.js';
import { mediaPages } from './pages/media-pages.js';
import { scriptPages, writingPages } from './pages/script-pages.js';
import { scrollPages } from './pages/scroll-pages.js';
import { shadowPages } from './pages/shadow-pages.js';
import { stylePages } from './pages/style-pages.js';
import type { ZooPage } from './zoo-page.js';

export const zoo: readonly ZooPage[] = [
  ...shadowPages,
  ...stylePages,
  ...framePages,
  ...layerPages,
  ...formPages,
  ...scrollPages,
  ...mediaPages,
  ...scriptPages,
  ...writingPages,
  ...frameworkPages,
];
