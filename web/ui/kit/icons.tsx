/** Line drawings of 24 x 24; the rail and the buttons colour and size them. */
const PATHS = {
  image:
    'M12 4a8 8 0 100 16 8 8 0 000-16M12 9.6a2.4 2.4 0 100 4.8 2.4 2.4 0 000-4.8M12 2v4M12 18v4M2 12h4M18 12h4',
  curve: 'M3 7c4 0 4 0 6 0s2 9 4 9 2-9 4-9h4M3 20h18',
  explore: 'M4 6h16M4 12h16M4 18h10',
  masters:
    'M4 19V9M10 19V5M16 19v-7M4 9a1.6 1.6 0 100-.1M10 5a1.6 1.6 0 100-.1M16 12a1.6 1.6 0 100-.1M3 21h18',
  check: 'M4 12.5l4.5 4.5L20 6M4 20h16',
  camera: 'M4 8h4l2-3h4l2 3h4v11H4zM12 10a3.4 3.4 0 100 6.8 3.4 3.4 0 000-6.8',
  calibration: 'M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1M15 5v4M9 10v4M17 15v4',
  stack: 'M12 3l9 4.5-9 4.5-9-4.5zM3 12l9 4.5 9-4.5M3 16.5L12 21l9-4.5',
  colour:
    'M9 4.5a5 5 0 100 10 5 5 0 000-10M15 4.5a5 5 0 100 10 5 5 0 000-10M12 9.5a5 5 0 100 10 5 5 0 000-10',
  targets: 'M12 5v14M5 12h14M12 8.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7',
  sky: 'M12 3a9 9 0 100 18 9 9 0 000-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  orders: 'M5 4h14v16H5zM9 9h6M9 13h6M9 17h4',
  settings:
    'M12 9a3 3 0 100 6 3 3 0 000-6M12 3v3M12 18v3M3 12h3M18 12h3M6 6l2 2M16 16l2 2M18 6l-2 2M8 16l-2 2',
  nights: 'M4 5h16v14H4zM4 9h16M9 5v14',
  info: 'M12 4a8 8 0 100 16 8 8 0 000-16M12 11v5M12 8v.5',
} as const

export type IconName = keyof typeof PATHS

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)
