/** Pages made with the frameworks that most sites are made with: drawn by the server, hydrated, with a router. */

import type { ZooPage } from '../zoo-page.js';

const shows = 'hydration of what the server drew, a router, a keyed list and bound fields, with';

/** Each of them is the same small shop, so that the same steps drive it. */
const framework = (name: string, called: string): ZooPage => ({
  name: `framework-${name}`,
  shows: `${shows} ${called}`,
  head: '<style>.on { color: rgb(21, 128, 61); font-weight: 700 } li { padding: 3px } nav button { margin-right: 6px }</style>',
  body: `<div id="app">{app:${name}}</div>`,
  drive: [
    { click: '#add' },
    { click: '#add' },
    { click: '#turn' },
    { type: ['#name', 'Mira'] },
    { click: '#to-about' },
    { click: '#to-list' },
    { run: `await new Promise((resolve) => setTimeout(resolve, 30))` },
  ],
  withinMs: 5_000,
});

export const frameworkPages: readonly ZooPage[] = [
  { ...framework('react', 'React'), isShort: true },
  framework('vue', 'Vue'),
  framework('svelte', 'Svelte'),
];
