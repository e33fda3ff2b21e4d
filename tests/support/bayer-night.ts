import { readFileSync } from 'node:fs'
import type { BayerPattern } from '../../web/core/colour-channel'
import { writeFitsImage } from '../../web/science/fits'
import {
  simulateNight,
  transitNight,
  type CatalogueStar,
  type SimulationRecipe,
} from '../../web/science/simulator'

/** Light that passes the filters, as parts of what passes green; green pixels are as the simulator made them. */
const PASSES = { R: 0.6, G: 1, B: 0.45 } as const

/** A simulated night through a mosaic of filters, as files. Its truth holds for green pixels, of which there is one in two. */
export const makeBayerNight = (pattern: BayerPattern, changes: Partial<SimulationRecipe> = {}) => {
  const { stars } = JSON.parse(readFileSync('public/demo/field-hat-p-32.json', 'utf8')) as {
    stars: CatalogueStar[]
  }
  const counts = { bias: 5, dark: 5, flat: 5, light: 8 }
  const night = simulateNight(transitNight(stars, { counts, trailAt: null, ...changes }))
  const level = night.recipe.camera.biasLevel
  const files = Array.from({ length: night.frameCount }, (_, index) => {
    const frame = night.render(index)
    const seesLight = frame.kind === 'flat' || frame.kind === 'light'
    const data = Uint16Array.from(frame.data, (value, pixel) => {
      const [x, y] = [pixel % frame.width, Math.floor(pixel / frame.width)]
      const letter = pattern[2 * (y & 1) + (x & 1)] as keyof typeof PASSES
      return seesLight ? level + (value - level) * PASSES[letter] : value
    })
    const cards = [...frame.cards, { keyword: 'BAYERPAT', value: pattern, comment: '' }]
    const image = { width: frame.width, height: frame.height, data }
    const bytes = writeFitsImage({ image, header: [], added: cards, bitpix: 16 })
    return { name: frame.name.replaceAll('/', '-'), bytes }
  })
  return { night, files }
}
