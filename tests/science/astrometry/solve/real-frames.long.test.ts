import { expect, test } from 'vitest'
import { createReferenceSky } from '../../../../web/science/astrometry/solve/reference-sky'
import { solveField } from '../../../../web/science/astrometry/solve/solve-field'
import { detectStars } from '../../../../web/science/detection/detect-stars'
import { readShippedCone } from '../../../support/read-catalogue'
import { readGzippedImage } from '../../../support/read-gzipped-image'
import { requireShared } from '../../../support/shared-data'
import { arcsecondsBetween } from '../../../support/simulate-sky-field'

/** Where each frame is (the middle, by its own world coordinates, or the object) and how far off that may be, arcseconds; null: refused. */
const FRAMES = [
  ['m37_cmd/m37_v.fits.gz', 88.12239, 32.558205, 0.605, 0.5],
  ['m37_cmd/m37_b.fits.gz', 88.12193, 32.557477, 0.605, 0.5],
  ['misc_images/gc_2mass_j.fits.gz', 266.4, -28.93333, 5, 1],
  ['misc_images/gc_2mass_h.fits.gz', 266.4, -28.93333, 5, 1],
  // At 2.2 micrometres other stars are the bright ones than in V: the dust hides them.
  ['misc_images/gc_2mass_k.fits.gz', 266.4, -28.93333, 5, null],
  ['misc_images/lco_sqa0m801_guide_HD41996.fits.gz', 92.313566, 24.430375, 1.23, 5],
  // Not one star of Tycho-2 is on it.
  ['misc_images/m1_B_raw.fits.gz', 83.607591, 22.002474, 0.5866, null],
  ['suhora_polarimetry/ee_cepp1-r20s0012.fits.gz', 332.346, 55.757, 1.116, 180],
  ['suhora_polarimetry/g191b2bp3-r20s0001.fits.gz', 76.375, 52.832, 1.116, 180],
  // Two stars of Tycho-2 and the half of a third: no proof of a place.
  ['suhora_polarimetry/oj287p1-r120s0017.fits.gz', 133.70363, 20.10851, 1.116, null],
] as const

const FOLDERS = ['m37_cmd', 'misc_images', 'suhora_polarimetry'].map((name) => requireShared(`data/${name}`))

test.skipIf(FOLDERS.includes(null)).each(FRAMES)(
  '%s is solved from Tycho-2 alone, or refused',
  async (path, ra, dec, scale, off) => {
    const image = readGzippedImage(`${FOLDERS[0]}/../${path}`)
    const stars = await detectStars(image, { threshold: 5, fwhm: 'auto', saturation: null, box: 64 })
    const place = { rightAscension: ra + 0.2, declination: dec - 0.15, radius: 0.5 }
    const reach = (Math.hypot(image.width, image.height) * scale) / 6000
    const sky = createReferenceSky(readShippedCone({ ...place, radius: place.radius + reach }))
    const solution = solveField(
      sky,
      { stars, width: image.width, height: image.height },
      { place, scale: [scale / 1.15, scale * 1.15], parity: null },
    )
    console.warn(
      solution.solved
        ? `${path}: ${arcsecondsBetween(solution.center, [ra, dec]).toFixed(2)}" off, ${solution.scale.toFixed(4)} "/px, ${solution.matched.length} stars, rms ${solution.rmsArcseconds.toFixed(2)}"`
        : `${path}: ${JSON.stringify(solution.refusal)}`,
    )
    expect(solution.solved).toBe(off !== null)
    if (!solution.solved || off === null) return
    expect(arcsecondsBetween(solution.center, [ra, dec])).toBeLessThan(off)
    expect(Math.abs(solution.scale / scale - 1)).toBeLessThan(0.005)
  },
)
