import type { MasterRecord } from '../../core/master'
import type { SingleFramePixels, StackRecord } from '../../core/stack'
import type { CardToFormat } from '../../science/fits'
import { listMiddle, listTimeCards } from './time-cards'

const known = (keyword: string, value: string | number | null, comment = ''): CardToFormat[] =>
  value === null || value === '' ? [] : [{ keyword, value, comment, floating: typeof value === 'number' }]

/** Cards of a master: what it is, and of what frames. */
export const listMasterCards = (master: MasterRecord): CardToFormat[] => [
  { keyword: 'IMAGETYP', value: master.kind, comment: 'made by combining frames' },
  // A flat has no unit.
  ...known('BUNIT', master.unit, 'unit of the pixels'),
  { keyword: 'NCOMBINE', value: master.frames.length, comment: 'frames that went in' },
  ...known('TELESCOP', master.group.telescope),
  ...known('INSTRUME', master.group.instrument),
  ...known('FILTER', master.group.filter),
  ...known('EXPTIME', master.group.exposure, 'seconds'),
  { keyword: 'XBINNING', value: master.group.binning[0], comment: 'pixels read as one, along x' },
  { keyword: 'YBINNING', value: master.group.binning[1], comment: 'pixels read as one, along y' },
  ...known('CCD-TEMP', master.group.temperature, 'degrees Celsius'),
  ...(master.jdUtcMid === null ? [] : listMiddle(master.jdUtcMid)),
]

const SINGLE_NOISE = {
  photons: 'their errors: sky and photons',
  sky: 'their errors: sky alone, no gain known',
  mixed: 'their errors: photons where a gain is known',
} as const

const listSingleCards = ({ pixels, noise }: SingleFramePixels): CardToFormat[] => [
  { keyword: 'NSINGLE', value: pixels, comment: 'pixels that one frame alone shows' },
  { keyword: 'ERRSINGL', value: noise, comment: SINGLE_NOISE[noise] },
]

/** Cards of a stack: what it is, and of what frames. */
export const listStackCards = (stack: StackRecord): CardToFormat[] => [
  { keyword: 'IMAGETYP', value: 'stack', comment: 'made by combining frames' },
  { keyword: 'BUNIT', value: stack.unit, comment: 'unit of the pixels' },
  { keyword: 'NCOMBINE', value: stack.frames.length, comment: 'frames that went in' },
  ...known('TELESCOP', stack.telescope),
  ...known('INSTRUME', stack.instrument),
  ...known('OBJECT', stack.object),
  ...known('FILTER', stack.filter),
  // Without an end: the frames do not follow each other without a gap.
  ...listTimeCards([], { dateObs: stack.dateObs, exposure: null }),
  ...known('TOTEXP', stack.exposure, 'seconds, of all frames together'),
  ...known('PIXFRAC', stack.pixfrac ?? null, 'side of a drop in pixels of a frame'),
  ...known('NOISERAT', stack.noiseRatio ?? null, 'noise of large areas over what pixels say'),
  ...(stack.single === undefined ? [] : listSingleCards(stack.single)),
]
