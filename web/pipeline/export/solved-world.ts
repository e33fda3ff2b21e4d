import type { HeaderCard } from '../../core/header'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import { writeWcs } from '../../science/astrometry/wcs/write-wcs'
import type { CardToFormat } from '../../science/fits'
import type { Workspace } from '../../storage/workspace'
import { findFrameWcs } from '../astrometry/find-frame-wcs'
import { isWorldCard } from './world-cards'

/** How the place of a picture on the sky goes into its header. */
export interface SolvedWorld {
  /** Coordinates that were found here, for the picture's own pixels. */
  readonly cards: readonly CardToFormat[]
  /** A line about where they come from. */
  readonly line: string
}

const SYSTEM = /^RADE(?:SYS|CSYS)[A-Z]?$/

/** True for a card that contradicts a solution, or that nobody could tell from it. */
export const isReplacedCard = (card: Pick<HeaderCard, 'keyword'>): boolean =>
  isWorldCard(card) || SYSTEM.test(card.keyword) || card.keyword === 'PLTSOLVD'

const describe = ({ matched, catalogue, rmsArcseconds }: PlateSolutionRecord): string =>
  `world coordinates from ${matched.x.length} stars of ${catalogue.name}, rms ${rmsArcseconds.toFixed(2)} arcsec`

/** The solution of a frame in its own pixels, or of the frame in whose grid it lies; null where only the header knows, or nobody. */
export const readSolvedWorld = async (workspace: Workspace, frame: string): Promise<SolvedWorld | null> => {
  const found = await findFrameWcs(workspace, frame)
  if (found === null || found.solution === null) return null
  return {
    cards: [
      ...writeWcs(found.wcs).cards,
      { keyword: 'PLTSOLVD', value: true, comment: 'the coordinates were found from the stars' },
    ],
    line: describe(found.solution),
  }
}
