import type { HeaderCard } from '../../core/header'
import { formatCard } from './format-card'
import type { Hdu } from './list-hdus'

const RENAMED = new Map([
  ['ZSIMPLE', 'SIMPLE'],
  ['ZTENSION', 'XTENSION'],
  ['ZEXTEND', 'EXTEND'],
  ['ZBITPIX', 'BITPIX'],
  ['ZPCOUNT', 'PCOUNT'],
  ['ZGCOUNT', 'GCOUNT'],
  ['ZHECKSUM', 'CHECKSUM'],
  ['ZDATASUM', 'DATASUM'],
])
// What belongs to the table that carries the tiles, and goes with it.
const TABLE_ONLY =
  /^(?:XTENSION|SIMPLE|EXTEND|BITPIX|NAXIS\d*|PCOUNT|GCOUNT|TFIELDS|THEAP|TTYPE\d+|TFORM\d+|TUNIT\d+|TDIM\d+|TNULL\d+|CHECKSUM|DATASUM|ZIMAGE|ZCMPTYPE|ZTILE\d+|ZNAME\d+|ZVAL\d+|ZQUANTIZ|ZDITHER0|ZBLANK|ZSCALE|ZZERO)$/

const restoreKeyword = (keyword: string): string | null => {
  const renamed = RENAMED.get(keyword) ?? (/^ZNAXIS\d*$/.test(keyword) ? keyword.slice(1) : null)
  return renamed ?? (TABLE_ONLY.test(keyword) ? null : keyword)
}

/** The header that the image had before it was compressed (FITS standard 10.1.2); other headers come back as they are. */
export const restoreImageHeader = (hdu: Hdu): HeaderCard[] => {
  if (hdu.kind !== 'compressed-image') return hdu.header
  const restored: HeaderCard[] = []
  for (const card of hdu.header) {
    if (card.keyword === 'EXTNAME' && card.value === 'COMPRESSED_IMAGE') continue
    const keyword = restoreKeyword(card.keyword)
    if (keyword === null) continue
    restored.push(
      keyword === card.keyword ? card : { ...card, keyword, raw: formatCard({ ...card, keyword }) },
    )
  }
  const first = restored.findIndex((card) => card.keyword === 'SIMPLE' || card.keyword === 'XTENSION')
  if (first > 0) restored.unshift(...restored.splice(first, 1))
  return restored
}
