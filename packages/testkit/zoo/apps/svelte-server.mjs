// Draws the shop with Svelte on the server.
import { render as draw } from 'svelte/server';
import Shop from './shop.svelte';

export function render() {
  return draw(Shop).body;
}
