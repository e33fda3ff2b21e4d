import { compressFits, decodeHdu, hasPixels, listHdus } from '../../../web/science/fits'
import { CORPUS, IMAGES } from '../fits-corpus'
import { mutateFits } from '../mutate-fits'
import { chance } from '../pick'
import { promise, type FuzzTarget } from '../target'
import { findDifference } from './kernels'
import { settle } from './outcome'

const MOST_HDUS = 20
const MOST_PIXELS = 2 ** 20

const readPixels = (file: Uint8Array): Float32Array[] =>
  listHdus(file).flatMap((hdu) => {
    const pixels = hdu.axes.reduce((product, axis) => product * axis, 1)
    if (!hasPixels(hdu) || pixels === 0 || pixels > MOST_PIXELS) return []
    const decoded = settle(() => decodeHdu(file, hdu))
    return 'value' in decoded ? [decoded.value] : []
  })

/** A file that is given out packed, as it came in with all that is wrong in it: its pixels are the same when it is read again. */
export const rewrites: FuzzTarget = {
  name: 'rewrites',
  make: (random) => mutateFits(random, chance(random, 0.7) ? IMAGES : CORPUS),
  run: (input) => {
    const listed = settle(() => listHdus(input))
    if ('refused' in listed || listed.value.length > MOST_HDUS) return
    const packed = compressFits(input, 'gzip')
    const [before, after] = [readPixels(input), readPixels(packed)]
    promise(before.length === after.length, `${before.length} pictures went in and ${after.length} came out`)
    before.forEach((pixels, index) => {
      const at = findDifference(pixels, after[index]!)
      promise(at < 0, `picture ${index} has ${after[index]![at]} for ${pixels[at]}, pixel ${at}`)
    })
  },
}
