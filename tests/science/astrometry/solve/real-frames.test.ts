import { expect, test } from 'vitest'
import { createReferenceSky } from '../../../../web/science/astrometry/solve/reference-sky'
import { solveField } from '../../../../web/science/astrometry/solve/solve-field'
import type { PlateSolution, Unsolved } from '../../../../web/science/astrometry/solve/solve-types'
import { detectStars } from '../../../../web/science/detection/detect-stars'
import { readShippedCone } from '../../../support/read-catalogue'
import { readGzippedImage } from '../../../support/read-gzipped-image'
import { listHatp32Frames } from '../../../support/read-hatp32'
import { requireShared } from '../../../support/shared-data'
import { arcsecondsBetween } from '../../../support/simulate-sky-field'

interface Hint {
  readonly rightAscension: number
  readonly declination: number
  readonly radius: number
  readonly scale: readonly [number, number]
}

const solveFile = async (path: string, hint: Hint): Promise<PlateSolution | Unsolved> => {
  const image = readGzippedImage(path)
  const stars = await detectStars(image, { threshold: 5, fwhm: 'auto', saturation: null, box: 64 })
  const reach = (Math.hypot(image.width, image.height) * hint.scale[1]) / 7200
  const sky = createReferenceSky(readShippedCone({ ...hint, radius: hint.radius + reach }))
  return solveField(
    sky,
    { stars, width: image.width, height: image.height },
    { place: hint, scale: hint.scale, parity: null },
  )
}

const expectSolved = (solution: PlateSolution | Unsolved): PlateSolution => {
  expect(solution).toMatchObject({ solved: true })
  if (!solution.solved) throw new Error(solution.refusal.code)
  return solution
}

const m37 = requireShared('data/m37_cmd')

// Their own solutions as astropy reads them: the middle of each frame.
test.skipIf(m37 === null).each([
  ['m37_v.fits.gz', 88.12239002, 32.55820459],
  ['m37_b.fits.gz', 88.12192986, 32.55747744],
])('%s lies where its own WCS has it', async (name, ra, dec) => {
  const hint = { rightAscension: 88.5, declination: 32.3, radius: 1, scale: [0.5, 0.7] as const }
  const solution = expectSolved(await solveFile(`${m37}/${name}`, hint))
  expect(arcsecondsBetween(solution.center, [ra, dec])).toBeLessThan(0.5)
  expect(Math.abs(solution.scale - 0.605)).toBeLessThan(0.001)
  expect(solution.rmsArcseconds).toBeLessThan(0.15)
  expect(solution.matched.length).toBeGreaterThanOrEqual(9)
})

const hatp32 = requireShared('data/hatp32_transit')

test.skipIf(hatp32 === null)('frames of HAT-P-32 through the night, whose field drifts', async () => {
  const frames = listHatp32Frames(`${hatp32}/HatP32Dec202017`)
  for (const index of [0, 45, 90, 141]) {
    // Where the header says that the telescope pointed.
    const hint = { rightAscension: 31.04, declination: 46.69, radius: 1, scale: [4.7, 5.7] as const }
    const solution = expectSolved(await solveFile(frames[index]!, hint))
    expect(Math.abs(solution.scale - 5.168)).toBeLessThan(0.006)
    expect(solution.rmsArcseconds).toBeLessThan(1.5)
    expect(solution.matched.length).toBeGreaterThan(30)
    if (index === 0) expect(arcsecondsBetween(solution.center, [31.2486, 46.7409])).toBeLessThan(3)
  }
})

const suhora = requireShared('data/suhora_polarimetry')

test.skipIf(suhora === null)(
  'frames of a dual-beam polarimeter, whose stars are all double, agree in scale',
  async () => {
    const scale = [0.8, 1.6] as const
    const cepheus = expectSolved(
      await solveFile(`${suhora}/ee_cepp1-r20s0012.fits.gz`, {
        rightAscension: 332.346,
        declination: 55.757,
        radius: 0.5,
        scale,
      }),
    )
    const dwarf = expectSolved(
      await solveFile(`${suhora}/g191b2bp3-r20s0001.fits.gz`, {
        rightAscension: 76.375,
        declination: 52.832,
        radius: 0.5,
        scale,
      }),
    )
    expect(Math.abs(cepheus.scale / dwarf.scale - 1)).toBeLessThan(0.002)
    expect(cepheus.matched.length).toBeGreaterThanOrEqual(6)
    expect(dwarf.matched.length).toBeGreaterThanOrEqual(6)
    expect(arcsecondsBetween(cepheus.center, [332.346, 55.757])).toBeLessThan(180)
    expect(arcsecondsBetween(dwarf.center, [76.375, 52.832])).toBeLessThan(180)
    // Three stars of Tycho-2 within 13 arcminutes are no proof of a place: it is refused.
    const blazar = await solveFile(`${suhora}/oj287p1-r120s0017.fits.gz`, {
      rightAscension: 133.704,
      declination: 20.109,
      radius: 0.5,
      scale,
    })
    expect(blazar).toMatchObject({ solved: false, refusal: { code: 'no-match' } })
  },
)

const misc = requireShared('data/misc_images')

test.skipIf(misc === null)(
  'the Galactic centre in the infrared and a guide frame lie where their WCS has them',
  async () => {
    const crowded = expectSolved(
      await solveFile(`${misc}/gc_2mass_j.fits.gz`, {
        rightAscension: 266,
        declination: -29.2,
        radius: 1,
        scale: [4, 6],
      }),
    )
    expect(arcsecondsBetween(crowded.center, [266.4, -28.93333])).toBeLessThan(1)
    expect(Math.abs(crowded.scale - 5)).toBeLessThan(0.002)
    // The guide camera's own WCS is what the telescope believed: 1.23 "/px, and some arcseconds off.
    const guide = expectSolved(
      await solveFile(`${misc}/lco_sqa0m801_guide_HD41996.fits.gz`, {
        rightAscension: 92.4,
        declination: 24.4,
        radius: 0.5,
        scale: [1, 1.5],
      }),
    )
    expect(arcsecondsBetween(guide.center, [92.31356613, 24.43037528])).toBeLessThan(5)
    expect(Math.abs(guide.scale / 1.23 - 1)).toBeLessThan(0.004)
  },
)
