import type { MasterRecord } from '../../core/master'
import type { StackRecord } from '../../core/stack'
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
]
