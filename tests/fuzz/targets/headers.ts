import { readExposures } from '../../../web/ingest'
import { listHdus } from '../../../web/science/fits'
import { CORPUS, FRAMES } from '../fits-corpus'
import { assembleFits, type HduParts } from '../fits-parts'
import { mutateCards } from '../mutate-cards'
import { mutateFits } from '../mutate-fits'
import { chance, drawCount, pick } from '../pick'
import { promise, type FuzzTarget } from '../target'
import { settle } from './outcome'

/** Cards, facts and frames of files whose headers are wrong; no pixel is touched. */
export const headers: FuzzTarget = {
  name: 'headers',
  make: (random) => {
    if (chance(random, 0.3)) return mutateFits(random, CORPUS)
    const parts = pick(random, FRAMES).map(({ cards, data }): HduParts => ({ cards: [...cards], data }))
    for (let count = drawCount(random, 10); count > 0; count--) mutateCards(random, parts[0]!.cards)
    return assembleFits(parts)
  },
  run: (input) => {
    const listed = settle(() => listHdus(input))
    if ('refused' in listed) return
    for (const hdu of listed.value) {
      promise(
        Number.isSafeInteger(hdu.dataLength) &&
          hdu.dataLength >= 0 &&
          hdu.dataOffset + hdu.dataLength <= input.length,
        `HDU ${hdu.index} lies outside the file`,
      )
      promise(
        hdu.axes.every((axis) => Number.isInteger(axis) && axis >= 0),
        `HDU ${hdu.index} has no proper axes`,
      )
    }
    const file = {
      path: 'night/light_001.fits',
      bytes: input,
      sha256: 'a'.repeat(64),
      batch: 'batch',
      now: 0,
    }
    const read = settle(() => readExposures(file))
    if ('refused' in read) return
    // What goes into the database has to be cloneable.
    for (const exposure of read.value.exposures) {
      JSON.stringify(exposure)
      promise(
        exposure.facts.dateObs === null || !Number.isNaN(Date.parse(exposure.facts.dateObs)),
        'a date is none',
      )
      for (const [key, value] of Object.entries(exposure.facts))
        promise(typeof value !== 'number' || Number.isFinite(value), `${key} is ${String(value)}`)
    }
  },
}
