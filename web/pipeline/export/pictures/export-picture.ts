import type { CompositeRecord } from '../../../core/composite'
import { AsterismError } from '../../../core/errors'
import type { PictureFormat } from '../../../core/picture-format'
import type { Task } from '../../../core/task'
import type { Wcs } from '../../../science/astrometry/wcs/wcs'
import { writeWcs } from '../../../science/astrometry/wcs/write-wcs'
import { encodePixels, writeFits, type CardToFormat } from '../../../science/fits'
import { findFrameWcs } from '../../astrometry/find-frame-wcs'
import { drawComposite } from '../../composite/draw-composite'
import { gatherComposite, type GatheredComposite } from '../../composite/gather-composite'
import type { CompositeRoom } from '../../composite/read-source'
import { gatherProvenance } from '../../provenance/gather-provenance'
import { listHistory, makeReceipt } from '../receipt'
import { makeColourCube } from './composite-cube'
import { describeAvm, describeRecipe, describeWorld, listTexts, type PictureCredit } from './picture-words'
import { writePng } from './write-png'
import { writeTiff } from './write-tiff'

export interface PictureRequest extends Partial<PictureCredit> {
  /** Id of a picture in colour. */
  readonly picture: string
  readonly format: PictureFormat
  /** Version of the page, which is named as the software. */
  readonly appVersion: string
}

const card = (keyword: string, value: string | number, comment = ''): CardToFormat => ({
  keyword,
  value,
  comment,
  ...(typeof value === 'number' && !Number.isInteger(value) ? { floating: true } : {}),
})

const listCards = (record: CompositeRecord, wcs: Wcs | null): CardToFormat[] => [
  card('IMAGETYP', 'composite', 'planes: red, green, blue'),
  card('CTYPE3', 'RGB', 'red, green, blue'),
  ...(record.object === null ? [] : [card('OBJECT', record.object)]),
  ...(record.telescope === '' ? [] : [card('TELESCOP', record.telescope)]),
  ...(record.instrument === '' ? [] : [card('INSTRUME', record.instrument)]),
  ...(record.dateObs === null ? [] : [card('DATE-OBS', record.dateObs)]),
  ...record.labels.flatMap(({ filter }, index) =>
    filter === null ? [] : [card(`FILTER${index + 1}`, filter)],
  ),
  ...record.look.inputs.flatMap(({ minimum, gain }, index) => [
    card(`CMIN${index + 1}`, minimum, 'level that was taken off'),
    card(`CGAIN${index + 1}`, gain, 'factor on the rest'),
  ]),
  ...(wcs === null
    ? []
    : writeWcs(wcs).cards.map(({ keyword, value, comment = '' }) => ({
        keyword,
        value: keyword === 'WCSAXES' ? 3 : value,
        comment,
        floating: typeof value === 'number' && keyword !== 'WCSAXES',
      }))),
]

const writeCube = (
  record: CompositeRecord,
  { width, height, planes }: GatheredComposite,
  wcs: Wcs | null,
  graph: Parameters<typeof makeReceipt>[0],
): Uint8Array<ArrayBuffer> => {
  const data = makeColourCube(planes, record.look)
  const history = listHistory(graph).map((comment) => ({ keyword: 'HISTORY', value: null, comment }))
  return writeFits([
    {
      kind: 'image',
      image: encodePixels({ axes: [width, height, 3], data, bitpix: -32 }),
      header: [],
      added: [...listCards(record, wcs), ...history],
    },
    { kind: 'table', table: makeReceipt(graph) },
  ])
}

/** A picture in colour as a file: drawn at its full size from the frames it is made of, with title, credit, place on the sky and the whole way. */
export const exportPicture = async (
  room: CompositeRoom,
  { picture, format, appVersion, title, credit }: PictureRequest,
  task: Task,
): Promise<Uint8Array<ArrayBuffer>> => {
  const { workspace } = room
  const record = await workspace.composites.get(picture)
  if (record === undefined)
    throw new AsterismError('not-found', 'This picture is not in the workspace any more. Make it again.', {
      picture,
    })
  const gathered = await gatherComposite(room, record.sources, record.measures, task)
  const first = record.sources[0]?.frame ?? ''
  const wcs = (await findFrameWcs(workspace, first))?.wcs ?? null
  const graph = await gatherProvenance(workspace, record.id)
  if (format === 'fits') return writeCube(record, gathered, wcs, graph)
  const bits = format === 'png16' || format === 'tiff' ? 16 : 8
  const drawn = await drawComposite(gathered, record.look, { bits }, task)
  const words = { title: title || record.name, credit: credit ?? '' }
  const recipe = describeRecipe(record, listHistory(graph))
  const software = `Asterism ${appVersion}`
  const xmp = describeAvm(record, wcs, words)
  const world = wcs === null ? '' : describeWorld(wcs)
  if (format === 'tiff' || format === 'tiff8') {
    const description = [words.title, words.credit, recipe, world].filter((part) => part !== '').join('\n\n')
    return writeTiff(drawn, { description, artist: words.credit, software, xmp })
  }
  const texts = {
    Title: words.title,
    Author: words.credit,
    Software: software,
    Description: recipe,
    ...(record.dateObs === null ? {} : { 'Creation Time': record.dateObs }),
    WCS: world,
    'XML:com.adobe.xmp': xmp,
  }
  return writePng(drawn, listTexts(texts))
}
