import { createTileDecoder } from '../../../web/compute/create-tile-decoder'
import type { WasmBackend } from '../../../web/compute/wasm/create-wasm-backend'
import { idleTask } from '../../../web/core/task'
import { decodeHdu, hasPixels, listHdus, restoreImageHeader, type Hdu } from '../../../web/science/fits'
import { decodeTilesWith } from '../../../web/science/fits/decode-tiles'
import { COMPRESSED } from '../fits-corpus'
import { mutateFits } from '../mutate-fits'
import { promise, type FuzzTarget } from '../target'
import { findDifference, openKernels } from './kernels'
import { settle, settleLater } from './outcome'
import { changeSurroundings } from './surroundings'

const multiply = (axes: readonly number[]): number => axes.reduce((product, axis) => product * axis, 1)
/** Beyond this the kernels' memory of the test is too small. */
const MOST_FOR_KERNELS = 2 ** 21

/** The kernels alone, by the dispatch of the app. */
const kernelsOf = (wasm: WasmBackend): Parameters<typeof createTileDecoder>[0] => ({
  run: async (...job) => {
    await wasm.run(...job)
    return 'wasm'
  },
})

const compareKernels = async (input: Uint8Array, hdu: Hdu, expected: Float32Array | null): Promise<void> => {
  const wasm = await openKernels()
  const decoder = createTileDecoder(kernelsOf(wasm), idleTask())
  const found = await settleLater(() => decodeTilesWith(decoder, input, hdu))
  promise(
    'value' in found === (expected !== null),
    'kernels and reference do not agree on whether it can be read',
  )
  if (!('value' in found) || expected === null) return
  const at = findDifference(expected, found.value)
  promise(
    at < 0,
    `the kernel gives ${found.value[at]} where the reference gives ${expected[at]}, pixel ${at}`,
  )
}

/** Tile-compressed images, from their table to their pixels, by the reference and by the kernels. */
export const tiles: FuzzTarget = {
  name: 'tiles',
  make: (random) => mutateFits(random, COMPRESSED),
  run: async (input) => {
    const listed = settle(() => listHdus(input))
    if ('refused' in listed) return
    for (const hdu of listed.value.slice(0, 8)) {
      if (!hasPixels(hdu) || hdu.kind !== 'compressed-image') continue
      restoreImageHeader(hdu)
      const decoded = settle(() => decodeHdu(input, hdu))
      const pixels = multiply(hdu.axes)
      if ('value' in decoded) {
        const again = settle(() => decodeHdu(changeSurroundings(input, hdu), hdu))
        promise(
          'value' in again && findDifference(decoded.value, again.value) < 0,
          'it was read outside its HDU',
        )
        promise(decoded.value.length === pixels, `${decoded.value.length} of ${pixels} pixels`)
      }
      if (pixels <= MOST_FOR_KERNELS)
        await compareKernels(input, hdu, 'value' in decoded ? decoded.value : null)
    }
  },
}
