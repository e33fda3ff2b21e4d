import type { Random } from '../../web/science/math/random'
import { assembleFits, type FitsParts, type HduParts } from './fits-parts'
import { mutateBytes, spliceBytes } from './mutate-bytes'
import { mutateCards } from './mutate-cards'
import { chance, drawCount, pick } from './pick'

type PartsMutation = (random: Random, parts: HduParts[], corpus: readonly FitsParts[]) => void

const hurtCards: PartsMutation = (random, parts) => {
  // The last HDU is where the pixels are, more often than not.
  const hdu = chance(random, 0.6) ? parts.at(-1) : pick(random, parts)
  if (hdu) mutateCards(random, hdu.cards)
}

const hurtData: PartsMutation = (random, parts) => {
  const index = random.integer(parts.length)
  const hdu = parts[index]
  if (hdu) parts[index] = { ...hdu, data: mutateBytes(random, hdu.data, 4) }
}

const moveHdu: PartsMutation = (random, parts) => {
  const [moved] = parts.splice(random.integer(parts.length), 1)
  if (moved) parts.splice(random.integer(parts.length + 1), 0, moved)
}

const dropHdu: PartsMutation = (random, parts) => {
  if (parts.length > 1) parts.splice(random.integer(parts.length), 1)
}

const repeatHdu: PartsMutation = (random, parts) => {
  const hdu = pick(random, parts)
  const copies = chance(random, 0.995) ? 1 + random.integer(3) : 2100
  if (parts.length > 2000 || (hdu.data.length + 80 * hdu.cards.length) * copies > 8e6) return
  for (let copy = 0; copy < copies; copy++) parts.push({ cards: [...hdu.cards], data: hdu.data })
}

const borrowHdu: PartsMutation = (random, parts, corpus) => {
  const hdu = pick(random, pick(random, corpus))
  parts.splice(random.integer(parts.length + 1), 0, { cards: [...hdu.cards], data: hdu.data })
}

/** The header of one with the data of another. */
const crossHdus: PartsMutation = (random, parts, corpus) => {
  const index = random.integer(parts.length)
  const hdu = parts[index]
  if (hdu) parts[index] = { ...hdu, data: pick(random, pick(random, corpus)).data }
}

const MUTATIONS: readonly PartsMutation[] = [
  hurtCards,
  hurtCards,
  hurtCards,
  hurtCards,
  hurtCards,
  hurtCards,
  hurtData,
  hurtData,
  hurtData,
  moveHdu,
  dropHdu,
  repeatHdu,
  borrowHdu,
  crossHdus,
]

/** A file of the corpus, put together wrongly in some places; at times its bytes are hurt as well or spliced with another's. */
export const mutateFits = (random: Random, corpus: readonly FitsParts[]): Uint8Array<ArrayBuffer> => {
  const parts = pick(random, corpus).map(({ cards, data }) => ({ cards: [...cards], data }))
  for (let count = drawCount(random, 6); count > 0; count--)
    if (parts.length > 0) pick(random, MUTATIONS)(random, parts, corpus)
  const bytes = assembleFits(parts, {
    end: !chance(random, 0.02),
    padHeader: !chance(random, 0.02),
    padData: !chance(random, 0.05),
  })
  if (chance(random, 0.1)) return mutateBytes(random, bytes, 3)
  if (chance(random, 0.02)) return spliceBytes(random, bytes, assembleFits(pick(random, corpus)))
  return bytes
}
