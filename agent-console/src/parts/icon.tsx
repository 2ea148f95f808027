/** The console's icons: drawn on a 20-pixel grid, one line weight, always beside or instead of a label. */

const paths = {
  queue: 'M4 5h12M4 10h12M4 15h7',
  records: 'M5 3h7l4 4v10H5zM12 3v4h4M8 11h5M8 14h5',
  admin: 'M4 6h7m4 0h1M4 14h1m4 0h7M13 4.2v3.6M7 12.2v3.6',
  chat: 'M4 4.5h12v9H9l-4 3v-3H4z',
  eye: 'M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  pointer: 'M5 3.5l10 5.2-4.4 1.5-1.9 4.4z',
  pen: 'M4 16l.8-3.4L13.2 4.2l2.6 2.6-8.4 8.4zM11.6 5.8l2.6 2.6',
  hand: 'M7 10V4.8a1.2 1.2 0 0 1 2.4 0V9m0-.4V3.9a1.2 1.2 0 0 1 2.4 0V9m0-.2V5.2a1.2 1.2 0 0 1 2.4 0V12c0 3-1.8 5-4.6 5-2.4 0-3.6-1-4.8-3l-1.7-3a1.1 1.1 0 0 1 1.8-1.2L7 12',
  phone:
    'M5 3.5h2.6l1.2 3.3-1.7 1.4a9 9 0 0 0 4.7 4.7l1.4-1.7 3.3 1.2V15c0 1-.8 1.6-1.7 1.5C9 16 4 11 3.5 5.2 3.4 4.3 4 3.5 5 3.5z',
  mic: 'M10 3a2 2 0 0 1 2 2v5a2 2 0 0 1-4 0V5a2 2 0 0 1 2-2zM5.5 9.5a4.5 4.5 0 0 0 9 0M10 14v3',
  micOff:
    'M10 3a2 2 0 0 1 2 2v5a2 2 0 0 1-4 0V5a2 2 0 0 1 2-2zM5.5 9.5a4.5 4.5 0 0 0 9 0M10 14v3M3.5 3.5l13 13',
  camera: 'M3 6h9v8H3zM12 9l5-2.5v7L12 11',
  cameraOff: 'M3 6h9v8H3zM12 9l5-2.5v7L12 11M3 3l14 14',
  stop: 'M5.5 5.5h9v9h-9z',
  check: 'M4.5 10.5l3.6 3.6 7.4-8',
  warn: 'M10 3.5l7 12.5H3zM10 8.5v3.4M10 13.8v.2',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.2V13.5M10 6.5v.3',
  close: 'M5 5l10 10M15 5L5 15',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  plus: 'M10 4v12M4 10h12',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
  back: 'M12 4l-6 6 6 6',
  undo: 'M7 4.500L3.500 8 7 11.500M3.500 8h8.700a4 4 0 0 1 0 8H8',
  up: 'M10 16V4M5 9l5-5 5 5',
  down: 'M10 4v12M5 11l5 5 5-5',
  shield: 'M10 2.8l6 2.2v4.6c0 3.6-2.4 6.4-6 7.6-3.6-1.2-6-4-6-7.6V5z',
  people:
    'M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM2.5 16a5 5 0 0 1 10 0M13 4.4a2.6 2.6 0 0 1 0 5M14.6 11.6c1.7.6 2.9 2.2 2.9 4.4',
  offline: 'M3 8a10 10 0 0 1 14 0M5.8 11a6 6 0 0 1 8.4 0M10 15h.01M3 3l14 14',
  share: 'M10 12V3M6.500 6L10 2.800 13.500 6M4 11v5.500h12V11',
  laser: 'M10 3v3M10 14v3M3 10h3M14 10h3M10 11.5a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z',
  arrow: 'M4 16L16 4M9 4h7v7',
  rectangle: 'M3.500 5.500h13v9h-13z',
  highlight: 'M3.500 7V4H7M13 4h3.500v3M16.500 13v3H13M7 16H3.500v-3M7.500 10h5',
  erase: 'M7.500 16.500h9M4 12.500l7-7.500 5 5-6 6.500H7z',
  float: 'M3 4.500h14v11H3zM10 10h7v5.500h-7z',
  chart: 'M5 16V10M10 16V4M15 16v-4M3 16.500h14',
  list: 'M7 5h9M7 10h9M7 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
