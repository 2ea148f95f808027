/** Draws the shop with Vue on the server. */

import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { Shop } from './vue-shop.js';

export function render(): Promise<string> {
  return renderToString(createSSRApp(Shop));
}
