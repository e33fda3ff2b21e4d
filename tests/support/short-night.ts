import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { writeFitsImage } from '../../web/science/fits'
import {
  simulateNight,
  transitNight,
  type CatalogueStar,
  type SimulationRecipe,
} from '../../web/science/simulator'

const COUNTS = { bias: 5, dark: 5, flat: 5, light: 10 }

/** A simulated night of 25 frames as files, or another one, and where its target stands on the first light. */
export const makeShortNight = (changes: Partial<SimulationRecipe> = {}) => {
  const { stars } = JSON.parse(readFileSync('public/demo/field-hat-p-32.json', 'utf8')) as {
    stars: CatalogueStar[]
  }
  const night = simulateNight(transitNight(stars, { counts: COUNTS, trailAt: null, ...changes }))
  const files = Array.from({ length: night.frameCount }, (_, index) => {
    const frame = night.render(index)
    const bytes = writeFitsImage({ image: frame, header: [], added: frame.cards, bitpix: 16 })
    return {
      name: `${night.recipe.start.slice(0, 10)}-${frame.name.replaceAll('/', '-')}`,
      mimeType: 'application/fits',
      buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    }
  })
  const truth = night.truth()
  const first = truth.lights[0]
  return { files, target: { x: first?.x[truth.target] ?? 0, y: first?.y[truth.target] ?? 0 } }
}

/** The order that draws the curve, through the page's own object; gives the curve's id. */
export const drawCurve = async (page: Page, target: { x: number; y: number }): Promise<string> => {
  const report = await page.evaluate(
    async (at) => window.asterism?.submit({ request: 'light_curve', parameters: { target: at } }),
    target,
  )
  if (report?.status !== 'done') throw new Error(JSON.stringify(report?.failures))
  return report.tables.find(({ table }) => table === 'lightcurves')?.id ?? ''
}
