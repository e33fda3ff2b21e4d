import 'fake-indexeddb/auto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { StackRecord } from '../../../web/core/stack'
import { mapOf } from '../../../web/core/reduced'
import { detectStars } from '../../../web/science/detection/detect-stars'
import { median } from '../../../web/science/math/median'
import { measureAperture } from '../../../web/science/photometry/measure-aperture'
import { measurePixelArea } from '../../../web/science/reprojection/scale-by-area'
import { openWorkspace } from '../../../web/storage/workspace'
import { loadFolder } from '../../support/load-folder'
import { createMemoryPixels } from '../../support/memory-pixels'
import { readStackPlane } from '../../support/measure-stack'
import { runInProcess } from '../../support/run-in-process'
import { requireShared } from '../../support/shared-data'

const folder = requireShared('hatp32_transit')

test.skipIf(folder === null)(
  'twenty frames of HAT-P-32 come to the same picture by their places on the sky as by their stars, within the noise',
  async () => {
    const workspace = await openWorkspace({ name: 'hatp32-stack', pixels: createMemoryPixels() })
    let taken = 0
    const frames = await loadFolder(workspace, join(folder!, 'HatP32Dec202017'), () => taken++ % 7 === 0)
    const chosen = frames.slice(0, 20)
    const stackBy = async (parameters: object): Promise<StackRecord> => {
      const order = { request: 'reduce', frames: chosen, parameters: { recipe: 'stack', ...parameters } }
      const { failures, result } = await runInProcess(workspace, order)
      expect(failures).toEqual([])
      return (await workspace.stacks.get(String(result['frame'])))!
    }
    const [byStars, byWorld] = [
      await stackBy({ method: 'stars' }),
      await stackBy({ method: 'wcs', solve: true }),
    ]
    const plain = { method: 'mean', rejection: 'none' }
    const [plainByStars, plainByWorld] = [
      await stackBy({ method: 'stars', combine: plain }),
      await stackBy({ method: 'wcs', combine: plain }),
    ]
    // The plates of one camera differ in scale by 5e-4 through the night. That takes no light: what a map stretches, its own area gives back.
    const areas = (await workspace.reduced.getMany(byWorld.frames)).map(({ registration }) =>
      measurePixelArea(mapOf(registration!), byWorld),
    )
    expect(Math.max(...areas) - Math.min(...areas)).toBeGreaterThan(5e-4)
    expect(byWorld.frames).toHaveLength(20)
    expect([byWorld.width, byWorld.height]).toEqual([byStars.width, byStars.height])
    const read = async (stack: StackRecord) => ({
      width: stack.width,
      height: stack.height,
      data: await readStackPlane(workspace, stack, 'data'),
    })
    const [one, other] = [await read(byStars), await read(byWorld)]
    const errors = await readStackPlane(workspace, byStars, 'uncertainty')
    // Pixels of the one against the other, in their own errors; the noise is the same, drawn twice.
    const pulls = [...one.data.keys()].flatMap((pixel) => {
      const pull = (other.data[pixel]! - one.data[pixel]!) / errors[pixel]!
      return Number.isFinite(pull) ? [Math.abs(pull)] : []
    })
    const stars = (await detectStars(one, { threshold: 20, fwhm: 'auto', saturation: 3500 })).filter(
      ({ x, y, flags }) => flags === 0 && x > 20 && y > 20 && x < one.width - 20 && y < one.height - 20,
    )
    const measure = (image: typeof one): number[] =>
      stars.map(({ x, y }) => {
        const inner = measureAperture(image, x, y, 5)
        const [wide, near] = [measureAperture(image, x, y, 14), measureAperture(image, x, y, 9)]
        return inner.sum - (inner.area * (wide.sum - near.sum)) / (wide.area - near.area)
      })
    const compare = (first: typeof one, second: typeof one): number[] => {
      const [before, after] = [measure(first), measure(second)]
      return after.map((flux, star) => flux / before[star]!)
    }
    const ratios = compare(one, other)
    const plainRatio = median(compare(await read(plainByStars), await read(plainByWorld)))
    const clipped = median(compare(await read(plainByStars), one))
    console.log(
      `means of all values: flux ratio ${plainRatio.toFixed(5)}; clipping at 3 sigma takes ${(100 * (1 - clipped)).toFixed(2)} % of the stars' light`,
    )
    console.log(
      `${pulls.length} pixels differ by ${median(pulls).toFixed(2)} sigma in the middle; ${stars.length} stars, flux ratio ${median(ratios).toFixed(4)}, spread ${median(ratios.map((ratio) => Math.abs(ratio - 1))).toFixed(4)}`,
    )
    expect(pulls.length).toBeGreaterThan(0.5 * one.data.length)
    expect(median(pulls)).toBeLessThan(1)
    expect(stars.length).toBeGreaterThan(20)
    // Clipping bites into stars whose width changes from frame to frame, and into these two not quite alike.
    expect(Math.abs(median(ratios) - 1)).toBeLessThan(0.005)
    expect(Math.abs(plainRatio - 1)).toBeLessThan(5e-4)
    workspace.close()
  },
  240_000,
)
