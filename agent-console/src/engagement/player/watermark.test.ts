/** [C5 30] What an agent photographs of a page says who they are. */

import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Watermark } from './watermark.js';

it('[C5 30] the page that is shown bears the name and the number of whoever looks', () => {
  const agentId = '11111111-2222-4333-8444-555555555555';
  const html = renderToStaticMarkup(createElement(Watermark, { name: 'Aki <b>', agentId }));
  expect(html).toContain('Aki &lt;b&gt; · 11111111');
  expect(html).toContain('fill="url(#');
});
