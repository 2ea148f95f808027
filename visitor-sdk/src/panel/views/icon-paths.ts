/** The strokes of the panel's few pictures. */

export const iconPaths = {
  close: 'M6 6l12 12M18 6L6 18',
  minimise: 'M6 9l6 6 6-6',
  back: 'M15 5l-7 7 7 7',
  send: 'M5 12h13M12 5l7 7-7 7',
  eye: 'M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zM12 9.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z',
  hand: 'M8 12V5.5a1.5 1.5 0 013 0V11V4.5a1.5 1.5 0 013 0V11V6.5a1.5 1.5 0 013 0V14a7 7 0 01-7 7c-3 0-4.5-1.5-6-4.5L4 13.5a1.5 1.5 0 012.5-1.600z',
  phone:
    'M5 4h4l1.5 5-2.5 1.5a12 12 0 005.5 5.5L15 13.5l5 1.5v4a1.5 1.5 0 01-1.600 1.5A16 16 0 013.5 5.600 1.5 1.5 0 015 4z',
  camera: 'M3 7h11v10H3zM14 11l7-4v10l-7-4z',
  microphone: 'M12 3a3 3 0 00-3 3v5a3 3 0 006 0V6a3 3 0 00-3-3zM5 11a7 7 0 0014 0M12 18v3',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  arrive: 'M12 3v11M7 9.500l5 5 5-5M4 20h16',
  pen: 'M4 20l4-1L19.500 7.500a2.100 2.100 0 00-3-3L5 16z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3',
} as const;

export type IconName = keyof typeof iconPaths;
