// Takes over in the browser what the server has drawn with Svelte.
import { hydrate } from 'svelte';
import Shop from './shop.svelte';

hydrate(Shop, { target: document.getElementById('app') });
