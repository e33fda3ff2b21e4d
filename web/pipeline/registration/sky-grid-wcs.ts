import { AsterismError } from '../../core/errors'
import type { SkyGrid } from '../../core/sky-grid'
import { readWcs } from '../../science/astrometry/wcs/read-wcs'
import { writeWcs } from '../../science/astrometry/wcs/write-wcs'
import type { Wcs } from '../../science/astrometry/wcs/wcs'
import { describeField } from './describe-field'

/** World coordinates of a grid, from its cards. */
export const wcsOfGrid = ({ cards }: Pick<SkyGrid, 'cards'>): Wcs => {
  const wcs = readWcs(cards.map(({ keyword, value, comment = '' }) => ({ keyword, value, comment, raw: '' })))
  if (wcs === null)
    throw new AsterismError('bad-header', 'The grid of a stack has lost its world coordinates.')
  return wcs
}

/** A grid as it is kept. Its world coordinates have no tables, which are no cards. */
export const describeGrid = (
  kind: SkyGrid['kind'],
  wcs: Wcs,
  { width, height }: { readonly width: number; readonly height: number },
): SkyGrid => {
  const place = describeField(wcs, (width - 1) / 2, (height - 1) / 2)
  if (place === null)
    throw new AsterismError('bad-order', 'The middle of the grid that was asked for shows no sky.')
  const { ra, dec, scale, rotation, flipped } = place
  return {
    kind,
    width,
    height,
    cards: writeWcs(wcs).cards,
    center: { ra, dec },
    scale,
    rotation,
    flipped,
  }
}
