/** The small shop of the framework pages, made with Vue. */

import { defineComponent, h, ref } from 'vue';

const List = defineComponent(() => {
  const items = ref([
    { id: 1, text: 'bell' },
    { id: 2, text: 'lamp' },
  ]);
  const name = ref('');
  const add = () => items.value.unshift({ id: items.value.length + 1, text: `item ${items.value.length}` });
  const onInput = (event: Event) => {
    name.value = (event.target as HTMLInputElement).value;
  };
  return () =>
    h('section', [
      h('input', { id: 'name', value: name.value, onInput }),
      h('p', ['Hello ', h('b', name.value), '!']),
      h('button', { id: 'add', onClick: add }, 'Add'),
      h('button', { id: 'turn', onClick: () => items.value.reverse() }, 'Turn'),
      h(
        'ul',
        items.value.map(({ id, text }) => h('li', { key: id, class: id % 2 ? 'on' : '' }, text)),
      ),
    ]);
});

export const Shop = defineComponent(() => {
  const route = ref('list');
  const go = (to: string) => () => {
    history.pushState({}, '', `?${to}`);
    route.value = to;
  };
  return () =>
    h('div', [
      h('nav', [
        h('button', { id: 'to-list', onClick: go('list') }, 'List'),
        h('button', { id: 'to-about', onClick: go('about') }, 'About'),
      ]),
      route.value === 'list' ? h(List) : h('p', { class: 'on' }, 'About this shop'),
    ]);
});
