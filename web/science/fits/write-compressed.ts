import type { HeaderCard } from '../../core/header'
import { assembleHdu, formatCards, padBlock, type CardsToWrite } from './assemble-hdu'
import type { StoredImage } from './encode-pixels'
import { DITHER_SEED, encodeTiles, type EncodedTile, type TileCodecToWrite } from './encode-tiles'
import { formatCard } from './format-card'
import { QUANTISED_BLANK } from './quantise'
import { formatLayout, formatName, formatScaling, keptInherit } from './write-image'

/** An image in tiles that are packed one by one; always an extension. */
export interface CompressedHdu extends CardsToWrite {
  readonly kind: 'compressed'
  readonly image: StoredImage
  readonly codec: TileCodecToWrite
  readonly name?: string
  /** The image was, or would be, the first of its file. */
  readonly wasPrimary: boolean
}

interface Column {
  readonly name: string
  /** Bytes in the heap, or one double. */
  readonly pick:
    { readonly heap: (tile: EncodedTile) => Uint8Array } | { readonly value: (tile: EncodedTile) => number }
}

const columnsOf = (codec: TileCodecToWrite): Column[] => {
  const data: Column = { name: 'COMPRESSED_DATA', pick: { heap: ({ data: bytes }) => bytes } }
  if (codec !== 'QUANTISED_RICE_1') return [data]
  return [
    data,
    { name: 'GZIP_COMPRESSED_DATA', pick: { heap: ({ lossless }) => lossless } },
    { name: 'ZSCALE', pick: { value: ({ scale }) => scale } },
    { name: 'ZZERO', pick: { value: ({ zero }) => zero } },
  ]
}

const encodeRows = (tiles: readonly EncodedTile[], columns: readonly Column[]) => {
  const rowLength = 8 * columns.length
  const heapStart = rowLength * tiles.length
  const heapLength = tiles.reduce((sum, { data, lossless }) => sum + data.length + lossless.length, 0)
  const bytes = new Uint8Array(padBlock(heapStart + heapLength))
  const view = new DataView(bytes.buffer)
  const longest = columns.map(() => 0)
  let heap = 0
  tiles.forEach((tile, row) => {
    columns.forEach(({ pick }, index) => {
      const at = row * rowLength + 8 * index
      if ('value' in pick) {
        view.setFloat64(at, pick.value(tile))
        return
      }
      const part = pick.heap(tile)
      view.setInt32(at, part.length)
      view.setInt32(at + 4, heap)
      bytes.set(part, heapStart + heap)
      heap += part.length
      longest[index] = Math.max(longest[index] ?? 0, part.length)
    })
  })
  return { bytes, rowLength, heapLength, longest }
}

/** How the image was laid out and coded, by the keywords of the standard's section 10.1. */
const formatCoding = ({ image, codec, wasPrimary }: CompressedHdu): string[] => {
  const { axes, bitpix } = image
  const rice = codec !== 'GZIP_2'
  const cards = [
    formatCard({ keyword: 'ZIMAGE', value: true, comment: 'this table holds a compressed image' }),
    wasPrimary
      ? formatCard({ keyword: 'ZSIMPLE', value: true, comment: 'conforms to the FITS standard' })
      : formatCard({ keyword: 'ZTENSION', value: 'IMAGE', comment: 'image extension' }),
    formatCard({ keyword: 'ZBITPIX', value: bitpix, comment: 'bits of a value of the image' }),
    formatCard({ keyword: 'ZNAXIS', value: axes.length, comment: 'number of axes of the image' }),
    ...axes.map((side, axis) => formatCard({ keyword: `ZNAXIS${axis + 1}`, value: side })),
    ...(wasPrimary
      ? [formatCard({ keyword: 'ZEXTEND', value: true })]
      : [formatCard({ keyword: 'ZPCOUNT', value: 0 }), formatCard({ keyword: 'ZGCOUNT', value: 1 })]),
    ...axes.map((side, axis) =>
      formatCard({ keyword: `ZTILE${axis + 1}`, value: axis === 0 ? side : 1, comment: 'side of a tile' }),
    ),
    formatCard({ keyword: 'ZCMPTYPE', value: rice ? 'RICE_1' : 'GZIP_2', comment: 'how tiles are packed' }),
  ]
  if (rice)
    cards.push(
      formatCard({ keyword: 'ZNAME1', value: 'BLOCKSIZE' }),
      formatCard({ keyword: 'ZVAL1', value: 32, comment: 'pixels of a block' }),
      formatCard({ keyword: 'ZNAME2', value: 'BYTEPIX' }),
      formatCard({ keyword: 'ZVAL2', value: Math.abs(bitpix) / 8, comment: 'bytes of a pixel' }),
    )
  if (codec === 'QUANTISED_RICE_1')
    cards.push(
      formatCard({ keyword: 'ZQUANTIZ', value: 'SUBTRACTIVE_DITHER_2', comment: 'floats in steps' }),
      formatCard({ keyword: 'ZDITHER0', value: DITHER_SEED, comment: 'place in the random sequence' }),
      formatCard({ keyword: 'ZBLANK', value: QUANTISED_BLANK, comment: 'stands for no value' }),
    )
  else if (bitpix < 0) cards.push(formatCard({ keyword: 'ZQUANTIZ', value: 'NONE', comment: 'without loss' }))
  return cards
}

const keepsName = (header: readonly HeaderCard[] | undefined): boolean =>
  header?.some(({ keyword }) => keyword === 'EXTNAME') === true

/** One image as a tile-compressed image (FITS standard 10.1): a binary table of tiles, a line of the image each. */
export const writeCompressedHdu = (hdu: CompressedHdu): Uint8Array[] => {
  const { image, codec, name } = hdu
  const columns = columnsOf(codec)
  const tiles = encodeTiles(image, codec)
  const { bytes, rowLength, heapLength, longest } = encodeRows(tiles, columns)
  const first = formatCard({ keyword: 'XTENSION', value: 'BINTABLE', comment: 'binary table' })
  const layout = formatLayout(first, { axes: [rowLength, tiles.length], bitpix: 8 }, [
    formatCard({ keyword: 'PCOUNT', value: heapLength, comment: 'bytes of the heap' }),
    formatCard({ keyword: 'GCOUNT', value: 1 }),
    formatCard({ keyword: 'TFIELDS', value: columns.length, comment: 'columns' }),
    ...columns.flatMap(({ name: column, pick }, index) => [
      formatCard({ keyword: `TTYPE${index + 1}`, value: column }),
      formatCard({ keyword: `TFORM${index + 1}`, value: 'heap' in pick ? `1PB(${longest[index]})` : '1D' }),
    ]),
  ])
  const extname = name ?? (keepsName(hdu.header) ? undefined : 'COMPRESSED_IMAGE')
  return assembleHdu(
    [
      ...layout,
      ...formatCoding(hdu),
      ...formatScaling(image),
      ...formatName(extname),
      ...keptInherit(hdu),
      ...formatCards(hdu, (keyword) => name !== undefined && keyword === 'EXTNAME'),
    ],
    bytes,
  )
}
