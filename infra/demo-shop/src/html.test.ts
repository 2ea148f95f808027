/** What is interpolated cannot become markup. */
import { expect, test } from 'vitest';
import { html } from './html.js';

test('text is escaped in elements and in attributes', () => {
  const hostile = `"><script>alert('x')</script>&`;

  expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>',
  );
});

test('markup, lists and nothing are written as they are', () => {
  expect(
    html`<ul>${['a', 'b'].map((word) => html`<li>${word}</li>`)}${false}${undefined}</ul>${0}`.text,
  ).toBe('<ul><li>a</li><li>b</li></ul>0');
});
