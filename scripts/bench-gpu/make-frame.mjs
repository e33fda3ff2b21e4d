/**
 * @param {import('./load-app.mjs').WasmBackend} wasm
 * @param {number} size
 * @param {{ normal: () => number }} random
 * @returns {import('./jobs.mjs').Frame}
 */
export const makeFrame = ({ arena }, size, random) => {
  const noise = Float32Array.from({ length: size * size }, () => random.normal())
  let shift = 0
  /** @param {(at: number, value: number) => void} put @param {number} level @param {number} spread */
  const draw = (put, level, spread) => {
    // One field of noise, begun elsewhere for each plane: drawing it anew would take longer than all the rest.
    shift = (shift + 104_729) % noise.length
    for (let i = 0; i < noise.length; i += 1)
      put(i, level + spread * (noise[(i + shift) % noise.length] ?? 0))
  }
  /** @param {Float32Array} plane @param {number} level @param {number} spread */
  const fill = (plane, level, spread) => {
    draw((at, value) => (plane[at] = value), level, spread)
    return plane
  }
  return {
    size,
    plane: (level, spread) => fill(arena.float32(noise.length), level, spread),
    planes: (count, level, spread) =>
      arena.planes(count, noise.length).map((plane) => fill(plane, level, spread)),
    integers: (count, level, spread) =>
      arena.bytePlanes(count, 2 * noise.length).map((bytes) => {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        draw((at, value) => view.setInt16(2 * at, value - 32_768), level, spread)
        return bytes
      }),
    empty: () => arena.float32(noise.length),
  }
}
