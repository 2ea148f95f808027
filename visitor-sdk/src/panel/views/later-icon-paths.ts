/** The strokes of the pictures that only parts show which are loaded later, and of all others. */

import { iconPaths } from './icon-paths.js';

export const laterIconPaths = {
  ...iconPaths,
  eye: 'M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zM12 9.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z',
  hand: 'M8 12V5.5a1.5 1.5 0 013 0V11V4.5a1.5 1.5 0 013 0V11V6.5a1.5 1.5 0 013 0V14a7 7 0 01-7 7c-3 0-4.5-1.5-6-4.5L4 13.5a1.5 1.5 0 012.5-1.600z',
  phone:
    'M5 4h4l1.5 5-2.5 1.5a12 12 0 005.5 5.5L15 13.5l5 1.5v4a1.5 1.5 0 01-1.600 1.5A16 16 0 013.5 5.600 1.5 1.5 0 015 4z',
  camera: 'M3 7h11v10H3zM14 11l7-4v10l-7-4z',
  enlarge: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  float: 'M3 5h18v14H3zM12 12h7v5h-7z',
  devices: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  arrive: 'M12 3v11M7 9.500l5 5 5-5M4 20h16',
  pen: 'M4 20l4-1L19.500 7.500a2.100 2.100 0 00-3-3L5 16z',
} as const;

export type LaterIconName = keyof typeof laterIconPaths;
