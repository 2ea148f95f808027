/** The frame that every page of the shop stands in. */
import { html, type Interpolated, type Markup } from './html.js';
import { sdkTag } from './sdk-embedding.js';
import type { Page, Visit } from './visit.js';

const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="13" fill="none" stroke="currentColor" stroke-width="2.5"/><path d="M16 16 16 3M16 16l11 7M16 16 5 23" stroke="currentColor" stroke-width="2" stroke-linecap="round"/><circle cx="16" cy="16" r="3.2" fill="currentColor"/></svg>`;

export function renderPage(page: Page, visit: Visit): Markup {
  const sdk = sdkTag(visit.sdk);

  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · Hazel &amp; Spoke</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/shop.js" defer></script>
${sdk}
</head>
<body>
<a class="skip-link" href="#content">Skip to content</a>
${header(visit)}
<main id="content" tabindex="-1">
${page.body}
</main>
${footer(visit)}
</body>
</html>
`;
}

/** A document for an iframe: it belongs to the page around it, and so carries no script tag of its own. */
export function renderInnerDocument(title: string, body: Interpolated): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
</head>
<body class="inner">
<main aria-label="${title}">${body}</main>
</body>
</html>
`;
}

function header(visit: Visit): Markup {
  const { shop } = visit.links;
  const { count } = visit.session.cart.totals();

  return html`<header class="site-header">
<div class="bar">
<a class="brand" href="${shop}/">${mark}<span>Hazel &amp; Spoke</span></a>
<nav aria-label="Shop">
<ul>
${navItem(visit, '/', 'Shop')}
${navItem(visit, '/finder', 'Bicycle finder')}
${navItem(visit, '/orders', 'Orders')}
</ul>
</nav>
<a class="cart-link" href="${shop}/cart"${isCurrent(visit, '/cart')}><span>Cart</span> <span class="count" data-cart-count>${count}</span><span class="visually-hidden"> items</span></a>
</div>
</header>`;
}

function navItem(visit: Visit, path: string, label: string): Markup {
  return html`<li><a class="nav-link" href="${visit.links.shop}${path}"${isCurrent(visit, path)}>${label}</a></li>`;
}

function isCurrent(visit: Visit, path: string): Markup | undefined {
  const here = path === '/' ? visit.path === '/' : visit.path === path || visit.path.startsWith(`${path}/`);

  return here ? html` aria-current="page"` : undefined;
}

function footer(visit: Visit): Markup {
  const { shop } = visit.links;

  return html`<footer class="site-footer">
<div class="bar">
<p>Hazel &amp; Spoke is an invented shop: it shows what help on a page looks like. Nothing is sold, and what you type is forgotten.</p>
<nav aria-label="More">
<ul>
<li><a href="${shop}/strict">Strict page</a></li>
<li><a href="${shop}/strict/no-worker">Strict, without workers</a></li>
<li><a href="${shop}/strict/trusted-types">Strict, trusted types</a></li>
</ul>
</nav>
</div>
</footer>`;
}
