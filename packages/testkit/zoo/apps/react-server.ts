/** Draws the shop with React on the server. */

import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { Shop } from './react-shop.js';

export function render(): string {
  return renderToString(createElement(Shop));
}
