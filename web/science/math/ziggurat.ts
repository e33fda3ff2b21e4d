/**
 * Normal numbers by the ziggurat of Marsaglia & Tsang (2000) in the form of Doornik (2005, "ZIGNOR"): 128 layers of equal
 * area, layer and position from separate bits, tail by Marsaglia (1964). One table look-up and one product in 98.8 % of calls.
 */
const LAYERS = 128
const TAIL = 3.442_619_855_899
const AREA = 9.912_563_035_262_17e-3

const edges = new Float64Array(LAYERS + 1)
const ratios = new Float64Array(LAYERS)

const buildTables = (): void => {
  let density = Math.exp(-0.5 * TAIL * TAIL)
  edges[0] = AREA / density
  edges[1] = TAIL
  edges[LAYERS] = 0
  for (let i = 2; i < LAYERS; i++) {
    edges[i] = Math.sqrt(-2 * Math.log(AREA / edges[i - 1]! + density))
    density = Math.exp(-0.5 * edges[i]! * edges[i]!)
  }
  for (let i = 0; i < LAYERS; i++) ratios[i] = edges[i + 1]! / edges[i]!
}
buildTables()

const drawTail = (uniform: () => number, negative: boolean): number => {
  for (;;) {
    const x = Math.log(1 - uniform()) / TAIL
    const y = Math.log(1 - uniform())
    if (-2 * y >= x * x) return negative ? x - TAIL : TAIL - x
  }
}

/** One number of mean 0 and standard deviation 1 from a source of 32-bit words and of uniform numbers. */
export const drawNormal = (bits: () => number, uniform: () => number): number => {
  for (;;) {
    const word = bits()
    const layer = word & 127
    // 25 + 27 bits: the position must not share the layer's bits, and needs more than 25 of its own.
    const position = ((word >>> 7) * 134_217_728 + (bits() >>> 5)) / 2_251_799_813_685_248 - 1
    if (Math.abs(position) < ratios[layer]!) return position * edges[layer]!
    if (layer === 0) return drawTail(uniform, position < 0)
    const x = position * edges[layer]!
    const near = Math.exp(-0.5 * (edges[layer]! * edges[layer]! - x * x))
    const far = Math.exp(-0.5 * (edges[layer + 1]! * edges[layer + 1]! - x * x))
    if (far + uniform() * (near - far) < 1) return x
  }
}
