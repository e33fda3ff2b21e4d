interface Corner {
  readonly x: number
  readonly y: number
}

const cut = (polygon: readonly Corner[], inside: (corner: Corner) => number): Corner[] =>
  polygon.flatMap((corner, k) => {
    const next = polygon[(k + 1) % polygon.length]!
    const [here, there] = [inside(corner), inside(next)]
    const crossing = here / (here - there)
    const between = {
      x: corner.x + crossing * (next.x - corner.x),
      y: corner.y + crossing * (next.y - corner.y),
    }
    return [...(here >= 0 ? [corner] : []), ...(here >= 0 !== there >= 0 ? [between] : [])]
  })

/** Area that a polygon has in common with the pixel (column, row): Sutherland & Hodgman 1974, then the shoelace. */
export const clipToPixel = (polygon: readonly Corner[], column: number, row: number): number => {
  const sides = [
    ({ x }: Corner) => x - (column - 0.5),
    ({ x }: Corner) => column + 0.5 - x,
    ({ y }: Corner) => y - (row - 0.5),
    ({ y }: Corner) => row + 0.5 - y,
  ]
  const part = sides.reduce<readonly Corner[]>((corners, side) => cut(corners, side), polygon)
  const twice = part.reduce((sum, { x, y }, k) => {
    const next = part[(k + 1) % part.length]!
    return sum + x * next.y - next.x * y
  }, 0)
  return Math.abs(twice) / 2
}
