/** Takes over in the browser what the server has drawn with Vue. */

import { createSSRApp } from 'vue';
import { Shop } from './vue-shop.js';

createSSRApp(Shop).mount('#app');
