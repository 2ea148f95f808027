/** Pages with something in front of them: dialogs, popovers and the like in the top layer. */

import type { ZooPage } from '../zoo-page.js';

export const layerPages: readonly ZooPage[] = [
  {
    name: 'layer-dialog',
    shows: 'modal dialogs over each other, one that was open before, and their backdrops',
    isShort: true,
    head: '<style>dialog::backdrop { background: rgb(20 60 20 / 0.5) } #second { border: 5px solid rgb(200, 0, 0); margin-left: 40px } #banner { position: fixed; inset: 0 0 auto; z-index: 2147483647; background: gold }</style>',
    body: '<div id="banner">as high as it goes</div><p>Page</p><dialog id="plain" open>open from the beginning</dialog><dialog id="first">first <button id="more">more</button></dialog><dialog id="second">second</dialog>',
    drive: [
      { run: `plain.close()` },
      { run: `first.showModal()` },
      { run: `second.showModal()` },
      { run: `second.append(' changed while open')` },
    ],
    withinMs: 4_000,
  },
  {
    name: 'layer-popover',
    shows: 'popovers opened by a button, by script, and closed by a press elsewhere',
    head: '<style>[popover] { inset: auto; position: fixed; left: 120px; top: 120px; padding: 12px; border: 2px solid rgb(30, 64, 175) } #two { top: 170px; left: 160px } [popover]:popover-open { background: rgb(219, 234, 254) } ::backdrop { background: rgb(0 0 0 / 0.2) }</style>',
    body: '<button popovertarget="one" id="open">Open</button><div id="one" popover>one <b>of two</b></div><div id="two" popover="manual">two, by hand</div><div id="three" popover>never opened</div><p style="position: fixed; top: 150px; left: 0; right: 0; background: gold; z-index: 99">in between</p>',
    drive: [
      { click: '#open' },
      { run: `two.showPopover()` },
      { press: 'Escape' },
      { run: `one.showPopover()` },
    ],
    withinMs: 4_000,
  },
  {
    name: 'layer-late-view',
    shows: 'a modal dialog and a popover that were open before anybody watched',
    body: '<p>Page</p><dialog id="modal">modal <input value="field"></dialog><div id="pop" popover="manual" style="margin: 0; top: 200px; left: 20px">popover</div>',
    script: `modal.showModal(); pop.showPopover();`,
    drive: [{ run: `pop.append(' changed')` }],
    withinMs: 4_000,
  },
  {
    name: 'layer-fullscreen',
    shows: 'an element made to fill the whole screen by style and by inertness',
    head: '<style>#full { position: fixed; inset: 0; background: rgb(15, 23, 42); color: white; overflow: auto } #full[hidden] { display: none }</style>',
    body: '<main id="under">under</main><div id="full" hidden><h2>Over everything</h2><div style="height: 1500px">tall</div></div>',
    drive: [{ run: `full.hidden = false; under.inert = true` }, { run: `full.scrollTop = 220` }],
    withinMs: 4_000,
  },
  {
    name: 'layer-details',
    shows: 'details, opened by hand and by script, exclusive ones, and hidden until found',
    body: '<details id="a" name="group"><summary>First</summary><p>content of the first</p></details><details id="b" name="group" open><summary>Second</summary><p>content of the second</p></details><details id="c"><summary>Third</summary>text</details><p hidden="until-found">hidden until found</p>',
    drive: [{ click: '#a summary' }, { run: `c.open = true` }],
    withinMs: 3_000,
  },
];
