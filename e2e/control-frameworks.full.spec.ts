/** Fields of React, Vue and Svelte take what an agent types, and their pages know of it as if a person had typed. */

import type { MaskingPolicy } from '@alongside/protocol';
import { expect, test } from '@playwright/test';
import { compile } from 'svelte/compiler';
import { ControlPage, click, send, targetOf, type } from './control/control-page.js';

const svelteSource = `<script>
  let name = $state(''); let agreed = $state(false); let choice = $state('One'); let level = $state(3);
</script>
<div id="svelte">
  <input id="svelte-name" bind:value={name}><input id="svelte-agreed" type="checkbox" bind:checked={agreed}>
  <select id="svelte-choice" bind:value={choice}><option>One</option><option>Two</option></select>
  <input id="svelte-level" type="range" min="0" max="10" bind:value={level}>
  <output id="svelte-state">{name}|{agreed}|{choice}|{level}</output>
</div>`;

const svelteCode = compile(svelteSource, { generate: 'client', name: 'SvelteFields' }).js.code;

const pageScript = `
  import { createElement as h, useState } from 'react';
  import { createRoot } from 'react-dom/client';
  import { createApp, h as v, reactive } from 'vue';
  import { mount } from 'svelte';
  ${svelteCode.replace('export default function', 'function')}
  function Fields() {
    const [name, setName] = useState(''); const [agreed, setAgreed] = useState(false);
    const [choice, setChoice] = useState('One'); const [level, setLevel] = useState(3);
    return h('div', { id: 'react' },
      // Controlled, and formatted while one types: what is not taken into the state is not in the field.
      h('input', { id: 'react-name', value: name, onChange: (event) => setName(event.target.value.toUpperCase()) }),
      h('input', { id: 'react-agreed', type: 'checkbox', checked: agreed, onChange: (event) => setAgreed(event.target.checked) }),
      h('select', { id: 'react-choice', value: choice, onChange: (event) => setChoice(event.target.value) },
        h('option', null, 'One'), h('option', null, 'Two')),
      h('input', { id: 'react-level', type: 'range', min: 0, max: 10, value: level, onChange: (event) => setLevel(Number(event.target.value)) }),
      h('output', { id: 'react-state' }, [name, agreed, choice, level].join('|')));
  }
  createRoot(document.getElementById('react-root')).render(h(Fields));
  const state = reactive({ name: '', agreed: false, choice: 'One', level: 3 });
  createApp({ render: () => v('div', { id: 'vue' }, [
    v('input', { id: 'vue-name', value: state.name, onInput: (event) => { state.name = event.target.value; } }),
    v('input', { id: 'vue-agreed', type: 'checkbox', checked: state.agreed, onChange: (event) => { state.agreed = event.target.checked; } }),
    v('select', { id: 'vue-choice', value: state.choice, onChange: (event) => { state.choice = event.target.value; } },
      [v('option', 'One'), v('option', 'Two')]),
    v('input', { id: 'vue-level', type: 'range', min: 0, max: 10, value: state.level, onInput: (event) => { state.level = Number(event.target.value); } }),
    v('output', { id: 'vue-state' }, [state.name, state.agreed, state.choice, state.level].join('|')) ]) })
    .mount(document.getElementById('vue-root'));
  mount(SvelteFields, { target: document.getElementById('svelte-root') });
`;

const pageHtml = `<!doctype html><html><head><style>input, select, output { display: block; height: 22px; width: 200px }</style></head>
<body><div id="react-root"></div><div id="vue-root"></div><div id="svelte-root"></div><div id="panel"></div>
<script src="/page.js"></script><script src="/harness.js"></script></body></html>`;

const policy: MaskingPolicy = {
  text: 'shown',
  ...{ maskSelectors: [], blockSelectors: [], allowSelectors: ['body'], noControlSelectors: [] },
};

let served: ControlPage;
test.beforeAll(async () => {
  served = await ControlPage.serve(pageHtml, { pageScript });
});
test.afterAll(() => served.close());

for (const framework of ['react', 'vue', 'svelte']) {
  test(`the fields of ${framework} take what an agent does`, async ({ page }) => {
    await served.open(page, { policy, needs: `#${framework}-state` });
    const state = page.locator(`#${framework}-state`);
    const at = (name: string) => `#${framework}-${name}`;
    expect(await type(page, at('name'), 'abc')).toBe('done');
    await expect(state).toHaveText(`${framework === 'react' ? 'ABC' : 'abc'}|false|One|3`);
    expect(await click(page, at('agreed'))).toBe('done');
    expect(await type(page, at('choice'), 'Two')).toBe('done');
    await expect(state).toHaveText(/\|true\|Two\|3$/);
    const target = await targetOf(page, at('level'));
    expect(await send(page, 'click', { target, fx: 0.3, fy: 0.5, to: { fx: 1, fy: 0.5 } })).toBe('done');
    await expect(state).toHaveText(/\|true\|Two\|10$/);
    await page.locator(at('name')).focus();
    expect(await send(page, 'type', { target: await targetOf(page, at('level')), key: 'ArrowLeft' })).toBe(
      'done',
    );
    await expect(state).toHaveText(/\|9$/);
    expect(await type(page, at('name'), '')).toBe('done');
    await expect(state).toHaveText(/^\|true\|Two\|9$/);
  });
}
