/** The picture of a product: two sizes, served only to a visitor who has the shop's cookie. */
import type { Product } from '../catalogue.js';
import { html, type Markup } from '../html.js';

export function productPicture(product: Product, sizes: string): Markup {
  return html`<img class="picture" src="/media/${product.slug}-480.webp" srcset="/media/${product.slug}-480.webp 480w, /media/${product.slug}-960.webp 960w" sizes="${sizes}" width="480" height="360" alt="${product.pictureAlt}">`;
}
