/** Uniform numbers by the generator of the scripts in tests/golden/calibration, number for number. */
export const drawLcg = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return state / 4294967296
  }
}

/** A plane from a function of x and y, row by row; f64 arithmetic, rounded to f32 by whoever keeps it. */
export const makePlane = (
  width: number,
  height: number,
  valueAt: (x: number, y: number) => number,
): Float64Array => {
  const plane = new Float64Array(width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) plane[y * width + x] = valueAt(x, y)
  return plane
}

export const WIDTH = 90
export const HEIGHT = 64

/** The frames of make_ccdproc_parts.py. */
export const overscanFrame = (seed: number): Float32Array => {
  const draw = drawLcg(seed)
  return Float32Array.from(
    makePlane(WIDTH, HEIGHT, (x, y) => {
      const u = y / 64
      const level = 1000 + 40 * u * u * u - 25 * u + 6 / (1 + x / 8)
      const light = x >= 78 || y >= 56 ? 0 : 3000
      return level + light + 8 * (draw() + draw() - 1)
    }),
  )
}

export const ratioFrame = (seed: number): Float32Array => {
  const draw = drawLcg(seed + 1)
  const plane = makePlane(WIDTH, HEIGHT, (x, y) => 1 + 0.0005 * x - 0.0003 * y + 0.01 * (draw() + draw() - 1))
  const add = (x: number, y: number, by: number): void => {
    plane[y * WIDTH + x] = plane[y * WIDTH + x]! + by
  }
  for (let i = 0; i < 40; i++) {
    const y = Math.floor(draw() * HEIGHT)
    const x = Math.floor(draw() * WIDTH)
    add(x, y, 0.5 * (draw() - 0.6))
  }
  for (let y = 30; y < 33; y++) for (let x = 40; x < 43; x++) add(x, y, -0.3)
  for (let y = 0; y < HEIGHT; y++) add(70, y, -0.05)
  for (let y = 20; y < 50; y++) if (y % 6 !== 0) add(15, y, -0.4)
  for (let y = 60; y < HEIGHT; y++) add(25, y, -0.4)
  add(25, 62, 0.4)
  return Float32Array.from(plane)
}

export const badPixels = (seed: number): Uint8Array => {
  const draw = drawLcg(seed + 2)
  const bad = Uint8Array.from(makePlane(WIDTH, HEIGHT, () => (draw() < 0.05 ? 1 : 0)))
  const mark = (left: number, right: number, top: number, bottom: number): void => {
    for (let y = top; y < bottom; y++) bad.fill(1, y * WIDTH + left, y * WIDTH + right)
  }
  mark(20, 21, 0, HEIGHT)
  mark(50, 54, 10, 13)
  mark(0, 2, 0, 3)
  mark(87, 90, 30, 34)
  return bad
}
