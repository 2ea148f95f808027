/** Pages that are longer, wider or otherwise sized than what is seen of them. */

import type { ZooPage } from '../zoo-page.js';

export const scrollPages: readonly ZooPage[] = [
  {
    name: 'scroll-nested',
    shows: 'scrollers in scrollers, sticky headings and a snapped row',
    head: '<style>.outer { height: 260px; overflow: auto; border: 2px solid grey } .inner { height: 150px; overflow: scroll } .tall { height: 900px; background: linear-gradient(rgb(254, 240, 138), rgb(96, 165, 250)) } h3 { position: sticky; top: 0; background: white } .snap { display: flex; overflow-x: auto; scroll-snap-type: x mandatory; width: 300px } .snap div { flex: 0 0 300px; height: 60px; scroll-snap-align: start; background: rgb(187, 247, 208) }</style>',
    body: '<div class="outer"><h3>Sticky</h3><div class="inner"><div class="tall">inner</div></div><div class="tall">outer</div></div><div class="snap"><div>1</div><div>2</div><div>3</div></div><div style="height: 1400px">tall page</div>',
    drive: [
      { wheel: ['.inner', 0, 220] },
      { run: `document.querySelector('.outer').scrollTop = 190` },
      { run: `document.querySelector('.snap').scrollLeft = 600` },
      { run: `scrollTo(0, 120)` },
    ],
    withinMs: 5_000,
  },
  {
    name: 'scroll-before',
    shows: 'positions that were there before anybody watched',
    head: '<style>.box { width: 300px; height: 120px; overflow: auto } .box div { width: 900px; height: 600px; background: repeating-linear-gradient(45deg, white 0 20px, rgb(199, 210, 254) 20px 40px) }</style>',
    body: '<div class="box"><div>wide and tall</div></div><textarea rows="3" id="area"></textarea><div style="height: 1800px; background: linear-gradient(white, pink)">tall page</div>',
    script: `
      document.querySelector('.box').scrollTo(240, 180); area.value = 'line\\n'.repeat(40); area.scrollTop = 200; scrollTo(0, 60);`,
    drive: [{ run: `document.body.append('later')` }],
    withinMs: 4_000,
  },
  {
    name: 'scroll-restored',
    shows: 'a page that is loaded anew, and that the browser puts back where it was',
    body: '<div style="height: 2400px; background: linear-gradient(white, teal)">tall page</div>',
    drive: [
      { run: `scrollTo(0, 900)` },
      { reload: true },
      { run: `while (scrollY !== 900) await new Promise((resolve) => requestAnimationFrame(resolve))` },
    ],
    withinMs: 15_000,
  },
  {
    name: 'scroll-virtual',
    shows: 'a list of 10,000 rows that draws 20 of them and uses their nodes again',
    isShort: true,
    head: '<style>#list { height: 300px; overflow: auto; position: relative } #list .row { position: absolute; left: 0; right: 0; height: 24px } #list .row:nth-child(odd) { background: rgb(241, 245, 249) }</style>',
    body: '<div id="list"><div style="height: 240000px"></div></div>',
    script: `
      const rows = Array.from({ length: 20 }, () => list.appendChild(Object.assign(document.createElement('div'), { className: 'row' })));
      window.draw = () => { const first = Math.floor(list.scrollTop / 24); rows.forEach((row, index) => { row.style.top = (first + index) * 24 + 'px'; row.textContent = 'row ' + (first + index); }); };
      list.addEventListener('scroll', draw); draw();`,
    drive: [
      { run: `list.scrollTop = 4800` },
      { wheel: ['#list', 0, 700] },
      { run: `list.scrollTop = 120000` },
      { run: `await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))` },
    ],
    withinMs: 5_000,
  },
  {
    name: 'scroll-smooth',
    shows: 'smooth scrolling to an anchor, and a page that grows above what is seen',
    head: '<style>html { scroll-behavior: smooth } section { height: 700px } section:nth-child(even) { background: rgb(224, 242, 254) }</style>',
    body: '<section>one</section><section>two</section><section id="three">three</section><section>four</section>',
    drive: [
      {
        run: `document.getElementById('three').scrollIntoView(); await new Promise((resolve) => addEventListener('scrollend', resolve, { once: true }))`,
      },
      {
        run: `const above = document.createElement('div'); above.style.height = '300px'; above.textContent = 'above'; document.body.prepend(above); await new Promise((resolve) => setTimeout(resolve, 300))`,
      },
    ],
    withinMs: 6_000,
  },
  {
    name: 'view-small',
    shows: 'the small screen of a telephone, with more pixels than points',
    head: '<meta name="viewport" content="width=device-width"><style>.row { display: flex; gap: 4px } .row div { flex: 1; height: 60px; background: rgb(165, 180, 252) } @media (max-width: 500px) { .row { flex-direction: column } } @media (min-resolution: 2dppx) { h1 { border-bottom: 1px solid } }</style>',
    body: '<div class="row"><div>a</div><div>b</div><div>c</div></div>',
    drive: [
      { run: `document.querySelector('.row').append(document.createElement('div'))` },
      { viewport: [390, 640] },
    ],
    viewport: { width: 360, height: 640 },
    withinMs: 5_000,
  },
  {
    name: 'view-pinched',
    shows: 'a page that two fingers made larger, changed meanwhile, and small again',
    body: '<p id="seen">a paragraph</p><div style="height: 900px; background: linear-gradient(white, pink)">tall page</div>',
    drive: [
      { pinch: 2 },
      { run: `if (visualViewport.scale !== 2) throw new Error('The page is not larger.')` },
      { run: `seen.textContent = 'changed while it was larger'; scrollTo(0, 40)` },
      { pinch: 1 },
    ],
    withinMs: 5_000,
  },
  {
    name: 'view-zoomed',
    shows: 'parts of the page enlarged by zoom, by a transform, and by units of the viewport',
    head: '<style>#zoomed { zoom: 1.4 } #turned { transform: rotate(4deg) scale(0.9); width: 200px; background: rgb(254, 205, 211) } #units { width: 50vw; height: 10dvh; background: rgb(153, 246, 228); font-size: clamp(12px, 3vw, 40px) }</style>',
    body: '<div id="zoomed">zoomed</div><div id="turned">turned</div><div id="units">units</div>',
    drive: [
      { run: `document.body.style.zoom = 1.25` },
      { viewport: [700, 600] },
      { run: `zoomed.style.zoom = 2` },
    ],
    withinMs: 5_000,
  },
  {
    name: 'table-large',
    shows: 'a table of 20,000 nodes whose cells change here and there',
    head: '<style>td { padding: 0 4px; font: 11px monospace } tr:nth-child(even) { background: rgb(243, 244, 246) }</style>',
    body: '<table><tbody id="rows"></tbody></table>',
    script: `
      let html = '';
      for (let row = 0; row < 1000; row += 1) { html += '<tr>'; for (let cell = 0; cell < 10; cell += 1) html += '<td>' + row * cell + '</td>'; html += '</tr>'; }
      rows.innerHTML = html;`,
    drive: [
      {
        run: `for (let row = 0; row < 1000; row += 13) rows.rows[row].cells[row % 10].textContent = 'changed'`,
      },
      {
        run: `rows.append(...[...rows.rows].slice(0, 40)); rows.rows[3].remove(); rows.insertRow(0).insertCell().textContent = 'first'`,
      },
    ],
    withinMs: 15_000,
  },
];
