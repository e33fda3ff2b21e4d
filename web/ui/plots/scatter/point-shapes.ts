/** The second cue beside the colour, told apart even where colours are not. */
export const POINT_SHAPES = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'cross',
  'triangle-down',
  'plus',
  'star',
] as const
export type PointShape = (typeof POINT_SHAPES)[number]

/** The number of a shape that is drawn as a line and not filled. */
export const openShape = (shape: number): number => shape + POINT_SHAPES.length

/** A shape by its number. */
export const readShape = (number: number): { readonly shape: PointShape; readonly open: boolean } => ({
  shape: POINT_SHAPES[number % POINT_SHAPES.length] ?? 'circle',
  open: number >= POINT_SHAPES.length,
})

/** Radius and width of the line of an open point: somewhat larger, or its middle would close. */
export const sizeOpen = (size: number): { readonly size: number; readonly line: number } => ({
  size: 1.25 * size + 0.3,
  line: Math.max(1, 0.45 * size),
})

const fixed = (value: number): string => String(Math.round(value * 100) / 100)

const joinCorners = (x: number, y: number, corners: readonly (readonly [number, number])[]): string =>
  `M${corners.map(([dx, dy]) => `${fixed(x + dx)} ${fixed(y + dy)}`).join('L')}Z`

/** A plus of arms with a third of its width, turned by an angle. */
const plusCorners = (size: number, angle: number): (readonly [number, number])[] => {
  const [long, thin] = [1.25 * size, 0.42 * size]
  const arm = [
    [thin, -long],
    [thin, -thin],
    [long, -thin],
  ] as const
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return [0, 1, 2, 3].flatMap((turns) =>
    arm.map(([dx, dy]) => {
      let [x, y]: [number, number] = [dx, dy]
      for (let k = 0; k < turns; k++) [x, y] = [-y, x]
      return [x * cos - y * sin, x * sin + y * cos] as const
    }),
  )
}

const starCorners = (size: number): (readonly [number, number])[] =>
  Array.from({ length: 10 }, (_, k) => {
    const [radius, angle] = [(k % 2 === 0 ? 1.5 : 0.65) * size, (k * Math.PI) / 5 - Math.PI / 2]
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const
  })

/** The outline of a point as an SVG path; shapes of one size cover about the same area as the circle of that radius. */
export const outlinePoint = (shape: PointShape, x: number, y: number, size: number): string => {
  const side = 0.89 * size
  switch (shape) {
    case 'circle':
      return `M${fixed(x - size)} ${fixed(y)}a${fixed(size)} ${fixed(size)} 0 1 0 ${fixed(2 * size)} 0a${fixed(size)} ${fixed(size)} 0 1 0 ${fixed(-2 * size)} 0Z`
    case 'square':
      return joinCorners(x, y, [
        [-side, -side],
        [side, -side],
        [side, side],
        [-side, side],
      ])
    case 'triangle':
    case 'triangle-down': {
      const turn = shape === 'triangle' ? 1 : -1
      return joinCorners(x, y, [
        [0, -1.5 * size * turn],
        [1.3 * size, 0.75 * size * turn],
        [-1.3 * size, 0.75 * size * turn],
      ])
    }
    case 'diamond':
      return joinCorners(x, y, [
        [0, -1.35 * size],
        [1.15 * size, 0],
        [0, 1.35 * size],
        [-1.15 * size, 0],
      ])
    case 'cross':
      return joinCorners(x, y, plusCorners(size, Math.PI / 4))
    case 'plus':
      return joinCorners(x, y, plusCorners(size, 0))
    case 'star':
      return joinCorners(x, y, starCorners(size))
  }
}
