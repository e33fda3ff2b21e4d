import type { PixelMap } from '../../core/pixel-map'
import type { WasmMemory } from './wasm-memory'
import type { Addresses } from './with-addresses'

interface PixelMapExports {
  readonly PIXEL_MAP_BYTES: WebAssembly.Global
}

/** Writes a map of pixels as the kernels read it (wasm/kernels/map-positions) and returns its address. */
export const placePixelMap = ({ exports, buffer }: WasmMemory, at: Addresses, map: PixelMap): number => {
  const { PIXEL_MAP_BYTES } = exports as unknown as PixelMapExports
  const record = at.scratch(Number(PIXEL_MAP_BYTES.value))
  const addresses = new Int32Array(buffer, record, 4)
  if (map.kind === 'affine') {
    const { a, b, c, d, e, f } = map.transform
    addresses.set([at.input(Float64Array.of(a, b, c, d, e, f)), 0, 0, 0])
    return record
  }
  addresses.set([0, at.input(map.nodes), at.input(map.cells), at.input(map.blocks)])
  new Float64Array(buffer, record + 16, 4).set([map.left, map.top, map.width, map.height])
  new Int32Array(buffer, record + 48, 3).set([map.spacing, map.columns, map.rows])
  return record
}
