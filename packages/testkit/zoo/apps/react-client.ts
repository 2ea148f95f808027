/** Takes over in the browser what the server has drawn with React. */

import { createElement } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { Shop } from './react-shop.js';

const place = document.getElementById('app');
if (place !== null) hydrateRoot(place, createElement(Shop));
