/** The hash of make_reprojection.py. */
export const hashNoise = (index: number): number => {
  let x = Math.imul(index, 2_654_435_761) >>> 0
  x ^= x >>> 15
  x = Math.imul(x, 2_246_822_519) >>> 0
  x ^= x >>> 13
  return (x >>> 0) / 4_294_967_296
}

/** The frame of make_reprojection.py: a tilted sky with noise and stars, moved by an offset. */
export const makeGoldenFrame = (
  size: { readonly width: number; readonly height: number; readonly stars: number },
  offset: readonly [number, number] = [0, 0],
  seed = 0,
): Float32Array => {
  const { width, height, stars } = size
  const data = new Float64Array(width * height)
  for (let i = 0; i < data.length; i++)
    data[i] = 200 + 0.3 * (i % width) - 0.2 * Math.floor(i / width) + 6 * hashNoise(seed + i)
  for (let k = 0; k < stars; k++) {
    const x = 5 + 110 * hashNoise(5_000_000 + 3 * k) + offset[0]
    const y = 5 + 90 * hashNoise(5_000_001 + 3 * k) + offset[1]
    const peak = 100 + 2900 * hashNoise(5_000_002 + 3 * k)
    for (let i = 0; i < data.length; i++) {
      const square = ((i % width) - x) ** 2 + (Math.floor(i / width) - y) ** 2
      data[i]! += peak * Math.exp(-square / (2 * 1.4 ** 2))
    }
  }
  return Float32Array.from(data)
}
