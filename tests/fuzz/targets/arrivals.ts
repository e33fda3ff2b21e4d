import { previewFile } from '../../../web/ingest/preview-file'
import { isWholeFits } from '../../../web/ingest/watch/is-whole-fits'
import { decodeHdu, hasPixels, listHdus } from '../../../web/science/fits'
import { CORPUS, IMAGES } from '../fits-corpus'
import { mutateFits } from '../mutate-fits'
import { chance } from '../pick'
import { promise, type FuzzTarget } from '../target'
import { findDifference } from './kernels'
import { settle } from './outcome'

const MOST_PIXELS = 2 ** 20

/**
 * Files that are looked at before they are taken in: whether they are whole, and their picture straight from their bytes. Where the file
 * itself can be read, the picture is of its pixels.
 */
export const arrivals: FuzzTarget = {
  name: 'arrivals',
  make: (random) => mutateFits(random, chance(random, 0.8) ? IMAGES : CORPUS),
  run: async (input) => {
    const file = new Blob([input])
    const whole = await isWholeFits(file)
    promise(typeof whole === 'boolean', 'a file is neither whole nor not')
    const preview = await previewFile(file)
    if (preview === null) return
    const { width, height, step, image } = preview
    promise(
      image.width === Math.ceil(width / step) && image.height === Math.ceil(height / step),
      `a picture of ${image.width} x ${image.height} of ${width} x ${height} by ${step}`,
    )
    promise(image.data.length === image.width * image.height, `${image.data.length} pixels`)
    const listed = settle(() => listHdus(input))
    const first = 'value' in listed ? listed.value[0] : undefined
    if (first === undefined || step > 1 || width * height > MOST_PIXELS) return
    if (!hasPixels(first) || first.kind !== 'image' || first.axes[0] !== width) return
    const pixels = settle(() => decodeHdu(input, first))
    if ('refused' in pixels) return
    // What is not finite has no place in a mean.
    const expected = pixels.value
      .subarray(0, width * height)
      .map((value) => (Number.isFinite(value) ? value : Number.NaN))
    promise(findDifference(image.data, expected) < 0, 'the picture before is not the picture after')
  },
}
