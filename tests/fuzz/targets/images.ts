import { decodeKernel } from '../../../web/compute/kernels/decode'
import { NotForThisBackend } from '../../../web/compute/kernel'
import { idleTask } from '../../../web/core/task'
import { decodeHdu, hasPixels, listHdus, readScaling, type Hdu } from '../../../web/science/fits'
import { IMAGES } from '../fits-corpus'
import { mutateFits } from '../mutate-fits'
import { promise, type FuzzTarget } from '../target'
import { findDifference, openKernels } from './kernels'
import { settle } from './outcome'
import { changeSurroundings } from './surroundings'

const multiply = (axes: readonly number[]): number => axes.reduce((product, axis) => product * axis, 1)

const compareKernel = async (input: Uint8Array, hdu: Hdu, data: Float32Array): Promise<void> => {
  const wasm = await openKernels()
  const bytes = input.subarray(hdu.dataOffset, hdu.dataOffset + hdu.dataLength)
  const output = { data: new Float32Array(data.length) }
  try {
    await wasm.run(decodeKernel, readScaling(hdu), { bytes }, output, idleTask())
  } catch (error) {
    if (error instanceof NotForThisBackend) return
    throw error
  }
  const at = findDifference(data, output.data)
  promise(at < 0, `the kernel gives ${output.data[at]} where the reference gives ${data[at]}, pixel ${at}`)
}

/** Pixels of plain images: as many as the axes say, rows alone like all together, the kernel like the reference. */
export const images: FuzzTarget = {
  name: 'images',
  make: (random) => mutateFits(random, IMAGES),
  run: async (input) => {
    const listed = settle(() => listHdus(input))
    if ('refused' in listed) return
    // A file of two thousand is judged by its first ones.
    for (const hdu of listed.value.slice(0, 8)) {
      if (!hasPixels(hdu)) continue
      const decoded = settle(() => decodeHdu(input, hdu))
      if ('refused' in decoded) continue
      const data = decoded.value
      promise(data.length === multiply(hdu.axes), `${data.length} pixels for ${hdu.axes.join(' x ')}`)
      if (hdu.kind !== 'image') continue
      const again = decodeHdu(changeSurroundings(input, hdu), hdu)
      promise(findDifference(data, again) < 0, 'it was read outside its HDU')
      const width = hdu.axes[0] ?? 0
      const rows = data.length / width
      const range = { start: Math.floor(rows / 3), end: Math.ceil((2 * rows) / 3) }
      const part = decodeHdu(input, hdu, range)
      promise(
        findDifference(part, data.subarray(range.start * width, range.end * width)) < 0,
        'rows alone differ',
      )
      await compareKernel(input, hdu, data)
    }
  },
}
