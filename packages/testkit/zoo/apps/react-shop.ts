/** The small shop of the framework pages, made with React. */

import { createElement as h, useState } from 'react';

interface Item {
  readonly id: number;
  readonly text: string;
}

export function Shop() {
  const [route, setRoute] = useState<'list' | 'about'>('list');
  const go = (to: 'list' | 'about') => () => {
    history.pushState({}, '', `?${to}`);
    setRoute(to);
  };
  return h(
    'div',
    null,
    h(
      'nav',
      null,
      h('button', { type: 'button', id: 'to-list', onClick: go('list') }, 'List'),
      h('button', { type: 'button', id: 'to-about', onClick: go('about') }, 'About'),
    ),
    route === 'list' ? h(List) : h('p', { className: 'on' }, 'About this shop'),
  );
}

function List() {
  const [items, setItems] = useState<readonly Item[]>([
    { id: 1, text: 'bell' },
    { id: 2, text: 'lamp' },
  ]);
  const [name, setName] = useState('');
  return h(
    'section',
    null,
    h('input', {
      id: 'name',
      value: name,
      onChange: (event: { target: { value: string } }) => setName(event.target.value),
    }),
    h('p', null, 'Hello ', h('b', null, name), '!'),
    h(
      'button',
      {
        type: 'button',
        id: 'add',
        onClick: () => setItems([{ id: items.length + 1, text: `item ${items.length}` }, ...items]),
      },
      'Add',
    ),
    h('button', { type: 'button', id: 'turn', onClick: () => setItems([...items].reverse()) }, 'Turn'),
    h('ul', null, ...items.map(({ id, text }) => h('li', { key: id, className: id % 2 ? 'on' : '' }, text))),
  );
}
