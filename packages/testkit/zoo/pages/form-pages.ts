/** Pages with fields: what is typed, chosen and set by script, seen by no attribute. */

import type { ZooPage } from '../zoo-page.js';

const everyField = `
  <input id="text" value="from the markup"><input id="number" type="number" value="3"><input id="check" type="checkbox" checked><input type="checkbox" id="neither">
  <label><input type="radio" name="r" value="1" checked>1</label><label><input type="radio" name="r" value="2">2</label>
  <select id="one"><option value="a">first</option><option value="b" selected>second</option><option value="c">third</option></select>
  <select id="many" multiple size="4"><option>red</option><option selected>green</option><option>blue</option><option selected>grey</option></select>
  <textarea id="area">text of the markup</textarea><input id="range" type="range" min="0" max="10" value="2"><input id="colour" type="color" value="#ff8800">
  <progress value="30" max="100"></progress><meter value="0.4"></meter><output>7</output>`;

export const formPages: readonly ZooPage[] = [
  {
    name: 'form-state',
    shows: 'every kind of field, changed by hand and by script, with and without events',
    isShort: true,
    body: `<form>${everyField}</form>`,
    drive: [
      { type: ['#text', 'typed by hand'] },
      { click: '#check' },
      { click: 'input[value="2"]' },
      { choose: ['#one', 'c'] },
      {
        run: `neither.indeterminate = true; area.value = 'set by script'; range.value = 8; document.getElementById('number').value = 42`,
      },
      {
        run: `many.options[0].selected = true; many.options[1].selected = false; document.querySelector('progress').value = 75; document.querySelector('output').value = 9`,
      },
    ],
    withinMs: 4_000,
  },
  {
    name: 'form-before',
    shows: 'fields whose state was changed before anybody watched',
    body: `<form>${everyField}</form>`,
    script: `
      text.value = 'before'; check.checked = false; one.value = 'a'; many.options[0].selected = true; many.options[3].selected = false;
      area.value = 'before as well'; range.value = 9; document.querySelector('input[value="2"]').checked = true; neither.indeterminate = true;
      document.getElementById('number').value = 17;`,
    drive: [{ run: `document.forms[0].reset()` }, { run: `text.value = 'after the reset'` }],
    withinMs: 4_000,
  },
  {
    name: 'form-select',
    shows: 'a list that is filled late, grouped, and whose options change under the chosen one',
    body: '<select id="list"></select><select id="open" size="5"><optgroup label="Group"><option>one</option></optgroup></select>',
    drive: [
      { run: `list.append(new Option('first', '1'), new Option('second', '2', true, true))` },
      { run: `list.options[0].text = 'renamed'; list.selectedIndex = 0` },
      { run: `list.remove(1); list.add(new Option('third', '3')); list.value = '3'` },
      {
        run: `document.querySelector('optgroup').append(new Option('two')); document.getElementById('open').selectedIndex = 1`,
      },
    ],
    withinMs: 4_000,
  },
  {
    name: 'form-dates',
    shows: 'date, time, month and week fields, and a number with a placeholder',
    body: '<input id="date" type="date"><input id="time" type="time" value="08:30"><input id="month" type="month"><input id="week" type="week"><input id="local" type="datetime-local"><input id="hint" placeholder="as a hint">',
    drive: [
      { run: `date.value = '2026-03-09'; date.dispatchEvent(new Event('change', { bubbles: true }))` },
      { type: ['#time', '1745'] },
      {
        run: `month.value = '2026-11'; week.value = '2026-W12'; document.getElementById('local').valueAsNumber = 1767225600000`,
      },
      { run: `hint.placeholder = 'another hint'` },
    ],
    withinMs: 4_000,
  },
  {
    name: 'form-picker',
    shows:
      'what is chosen in a list and a calendar that the browser opens over the page, and in no part of it',
    body: '<select id="list" style="width: 160px"><option>first</option><option>second</option><option>third</option></select><input id="date" type="date" value="2026-03-09"><button id="pick" onclick="date.showPicker()">Pick</button>',
    drive: [
      { click: '#list' },
      { run: `if (!list.matches(':open')) throw new Error('The list is not open.')` },
      { press: 'ArrowDown' },
      { press: 'Enter' },
      { run: `if (list.value !== 'second') throw new Error('Nothing was chosen.')` },
      { click: '#pick' },
      { run: `if (!date.matches(':open')) throw new Error('The calendar is not open.')` },
      { press: 'Escape' },
    ],
    withinMs: 4_000,
  },
  {
    name: 'form-editable',
    shows: 'text that is edited in place, with marks, lists and a selection',
    body: '<div id="edit" contenteditable="true" style="border: 1px solid grey; padding: 8px"><p>Edit <b>this</b></p></div>',
    drive: [
      {
        run: `const range = document.createRange(); range.selectNodeContents(edit); range.collapse(false); getSelection().removeAllRanges(); getSelection().addRange(range); edit.focus()`,
      },
      { run: `document.execCommand('insertText', false, ' and more')` },
      {
        run: `document.execCommand('insertUnorderedList'); document.execCommand('insertHTML', false, '<i>slanted</i>')`,
      },
    ],
    withinMs: 4_000,
  },
  {
    name: 'form-files',
    shows: 'file fields, hidden ones, buttons of every kind and a field that a browser filled',
    head: '<style>input:autofill { background: rgb(232, 240, 254) }</style>',
    body: '<input type="file" id="file"><input type="hidden" id="token" value="shall not be seen"><input type="submit" value="Send it"><input type="button" value="Press"><input type="reset"><button disabled>Disabled</button><input type="image" alt="Pictured" src="/image/small.png"><input autocomplete="name" id="name">',
    drive: [
      {
        run: `const held = new DataTransfer(); held.items.add(new File(['x'], 'secret-name.pdf')); file.files = held.files`,
      },
      { type: ['#name', 'Mira'] },
      {
        run: `document.querySelector('button').disabled = false; document.querySelector('[type=button]').value = 'Pressed'`,
      },
    ],
    withinMs: 4_000,
    placeholders: {
      '#file': 'The names of files are never shown.',
      '#token': 'Hidden fields are never shown.',
    },
  },
  {
    name: 'form-autofill',
    shows: 'a form that the browser fills by itself, beside a field that is never shown',
    // The colour that a browser gives to what it has filled stays with the visitor: here it is put off, but in pictures.
    head: '<style>input { transition: background-color 9999s, color 9999s }</style>',
    body: '<form><input id="name" autocomplete="name"><input id="country" autocomplete="country"><input id="city" autocomplete="address-level2"><input id="zip" autocomplete="postal-code"><input id="code" autocomplete="one-time-code"></form>',
    drive: [
      { click: '#name' },
      { autofill: '#name' },
      {
        run: `while (!document.getElementById('name').matches(':autofill') || city.value !== 'Helsinki') await new Promise((resolve) => requestAnimationFrame(resolve))`,
      },
    ],
    withinMs: 4_000,
    differing: 25,
    placeholders: { '#code': 'Codes are never shown.' },
  },
  {
    name: 'form-masked',
    shows: 'fields and texts that the rules of the site keep, among some that they allow',
    isShort: true,
    masked: true,
    // How wide a list is, and what stands beside masked text, must not depend on what they say.
    head: '<style>body > * { display: block; margin: 3px } select { width: 140px; height: 60px }</style>',
    body: `<h2>Application</h2>${everyField}<p data-alongside="mask" style="display: block; width: 300px; height: 20px; overflow: hidden">a private sentence</p><div data-alongside="block" style="width: 200px; height: 60px"><b>blocked</b></div><p data-alongside="allow"><input id="open" value="an open value"></p>`,
    drive: [
      { type: ['#text', 'typed, and never seen'] },
      { type: ['#open', 'typed, and seen'] },
      { run: `area.value = 'x'.repeat(180); neither.indeterminate = true` },
    ],
    withinMs: 4_000,
    placeholders: {
      'input:not(#open), select, textarea, progress, meter, output':
        'What is typed or chosen is shown only where a rule says so.',
      '[data-alongside="mask"], [data-alongside="block"]': 'The page keeps it.',
    },
  },
];
