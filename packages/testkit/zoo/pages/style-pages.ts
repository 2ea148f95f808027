/** Pages that are drawn by style sheets in the ways in which recorders lose them. */

import type { ZooPage } from '../zoo-page.js';

export const stylePages: readonly ZooPage[] = [
  {
    name: 'css-insert-rule',
    shows: 'rules inserted and deleted by script, nested in groups as well',
    isShort: true,
    head: '<style id="sheet">.a { color: red } @media all { .b { color: blue } }</style><style id="empty"></style>',
    body: '<p class="a">a</p><p class="b">b</p><p class="c">c</p>',
    drive: [
      {
        run: `document.getElementById('empty').sheet.insertRule('.c { background: rgb(255, 240, 150); padding: 6px }')`,
      },
      { run: `document.getElementById('sheet').sheet.cssRules[1].insertRule('.b { font-size: 25px }', 1)` },
      { run: `document.getElementById('sheet').sheet.cssRules[0].style.color = 'rgb(0, 128, 0)'` },
      { run: `document.getElementById('sheet').sheet.cssRules[1].deleteRule(0)` },
      {
        run: `document.getElementById('empty').sheet.insertRule('.c:hover { background: rgb(255, 120, 120) }', 1)`,
      },
      { hover: '.c' },
    ],
    withinMs: 3_000,
  },
  {
    name: 'css-properties',
    shows: 'custom properties, registered ones, calculations and attribute values',
    head: `<style>
      @property --wide { syntax: '<length>'; inherits: true; initial-value: 10px }
      :root { --tone: 210; --gap: 6px } .bar { width: calc(var(--wide) * 4 + 2rem); height: 22px; margin: var(--gap); background: hsl(var(--tone) 70% 60%) }
      [data-level="2"] { outline: 3px solid rgb(200, 30, 30) } .bar::after { content: attr(data-level) "!"; color: white }</style>`,
    body: '<div class="bar" data-level="1"></div><div class="bar" data-level="2"></div>',
    drive: [
      { run: `document.documentElement.style.setProperty('--tone', '120')` },
      { run: `document.querySelectorAll('.bar')[1].style.setProperty('--wide', '40px')` },
      { run: `document.querySelector('.bar').dataset.level = '2'` },
    ],
    withinMs: 3_000,
  },
  {
    name: 'css-modern',
    shows: 'layers, nesting, container queries, :has, :is, :where, scopes and supports',
    head: `<style>
      @layer base, theme; @layer theme { .card { background: rgb(220, 252, 231) } } @layer base { .card { background: red; padding: 10px; & h2 { color: rgb(22, 101, 52); &::before { content: "» " } } } }
      .wrap { container: box / inline-size; width: 300px; resize: horizontal; overflow: hidden } @container box (min-width: 400px) { .card { display: flex; gap: 20px } }
      .card:has(input:checked) { border: 4px solid rgb(22, 163, 74) } :is(h2, h3):where(.big) { font-size: 30px }
      @scope (.wrap) to (.inner) { p { color: rgb(120, 0, 120) } } @supports (display: grid) { .inner { display: grid; grid-template-columns: 1fr 2fr } }</style>`,
    body: '<div class="wrap"><div class="card"><h2>Card</h2><label><input type="checkbox" id="check"> has</label><p>scoped</p><div class="inner"><p>one</p><p>two</p></div></div></div>',
    drive: [
      { click: '#check' },
      { run: `document.querySelector('.wrap').style.width = '500px'` },
      { run: `document.querySelector('h2').className = 'big'` },
    ],
    withinMs: 3_000,
  },
  {
    name: 'css-states',
    shows: ':hover, :focus, :focus-within and :active, which no attribute tells of',
    head: `<style>
      .menu ul { display: none } .menu:hover ul { display: block } .row:focus-within { background: rgb(254, 249, 195) }
      input:focus { border: 3px solid rgb(37, 99, 235); outline: none } .row:has(:focus) b { color: rgb(37, 99, 235) } button:focus-visible { outline: 4px dashed rgb(220, 38, 38) }</style>`,
    body: '<div class="menu">Menu<ul><li>one</li><li>two</li></ul></div><div class="row"><b>Name</b> <input id="name"></div><div class="row"><b>Other</b> <input id="other"> <button id="go">Go</button></div>',
    drive: [{ focus: '#name' }, { focus: '#other' }, { hover: '.menu' }],
    withinMs: 3_000,
  },
  {
    name: 'css-dark',
    shows: 'the visitor prefers dark pages and less motion',
    head: `<style>
      :root { color-scheme: light dark } body { background: light-dark(white, rgb(20, 24, 33)); color: light-dark(black, rgb(230, 230, 240)) }
      .panel { padding: 10px; background: rgb(240, 240, 240) } @media (prefers-color-scheme: dark) { .panel { background: rgb(60, 64, 80) } }
      @media (prefers-reduced-motion: reduce) { .panel { border: 2px solid rgb(250, 204, 21) } }</style>`,
    body: '<div class="panel">Panel <input value="field"> <button>Button</button></div>',
    drive: [{ media: { colorScheme: 'dark' } }, { media: { colorScheme: 'dark', reducedMotion: 'reduce' } }],
    withinMs: 12_000,
  },
  {
    name: 'css-print',
    shows: 'print styles and other media that must not be drawn, and one that begins to be',
    head: '<style media="print">body { background: red !important }</style><style id="late" media="print">p { color: rgb(0, 90, 160); font-size: 22px }</style><style>@media print { p { display: none } } @media (min-width: 600px) { p { padding-left: 40px } }</style>',
    body: '<p>Not printed</p>',
    drive: [{ run: `document.getElementById('late').media = 'all'` }, { viewport: [560, 500] }],
    withinMs: 4_000,
  },
  {
    name: 'css-toggled',
    shows: 'sheets disabled and enabled, moved, emptied and written anew, also behind links',
    isShort: true,
    head: '<link rel="stylesheet" id="link" href="/sheet/one.css"><link rel="stylesheet" id="far" href="{cdn}/sheet/far.css" crossorigin><style id="own">.c { color: rgb(10, 100, 10) }</style>',
    body: '<p class="a">a</p><p class="b">b</p><p class="c">c</p><p class="d">d</p>',
    drive: [
      { run: `document.getElementById('own').sheet.disabled = true` },
      {
        run: `
          const link = document.getElementById('link');
          await new Promise((resolve) => { link.onload = resolve; link.href = '/sheet/two.css'; });`,
      },
      {
        run: `document.getElementById('own').textContent = '.d { text-decoration: underline wavy rgb(200, 0, 0) }'; document.getElementById('own').sheet.disabled = false`,
      },
      {
        run: `
          const late = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/sheet/three.css' });
          await new Promise((resolve) => { late.onload = resolve; document.head.append(late); });`,
      },
    ],
    withinMs: 5_000,
  },
  {
    name: 'css-in-js',
    shows: 'a sheet of hundreds of rules that only the object model knows',
    head: '<style id="engine"></style>',
    body: '<div id="grid" style="display: flex; flex-wrap: wrap; gap: 3px"></div>',
    script: `
      window.engine = document.getElementById('engine').sheet;
      for (let index = 0; index < 300; index += 1) engine.insertRule('.css-' + index + ' { width: ' + (20 + (index % 9)) + 'px; height: 14px; background: hsl(' + index + ' 70% 60%) }', index);
      for (let index = 0; index < 300; index += 1) document.getElementById('grid').append(Object.assign(document.createElement('i'), { className: 'css-' + index }));`,
    drive: [
      { run: `for (let index = 0; index < 50; index += 1) engine.deleteRule(0)` },
      {
        run: `for (let index = 0; index < 50; index += 1) engine.insertRule('.css-' + index + ' { width: 40px; height: 14px; background: black }', engine.cssRules.length)`,
      },
    ],
    withinMs: 4_000,
  },
  {
    name: 'css-animations',
    shows: 'animations that have ended, transitions, and one by the script interface',
    head: '<style>@keyframes slide { to { margin-left: 120px; background: rgb(250, 200, 80) } } .slide { width: 100px; animation: slide 0.2s forwards } .fade { transition: opacity 0.2s; opacity: 1 } .fade.out { opacity: 0.3 }</style>',
    body: '<p class="slide">slides</p><p class="fade">fades</p><p id="moved">moved</p>',
    drive: [
      { run: `document.querySelector('.fade').classList.add('out')` },
      {
        run: `const moved = document.getElementById('moved').animate([{ transform: 'none' }, { transform: 'translateX(90px)' }], { duration: 100, fill: 'forwards' }); await moved.finished; moved.commitStyles(); moved.cancel()`,
      },
    ],
    withinMs: 4_000,
  },
];
