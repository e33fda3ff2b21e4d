import type { CompositeRecord } from '../../../core/composite'
import { formatCard } from '../../../science/fits'
import { describeWcs } from '../../../science/astrometry/wcs/describe-wcs'
import type { Wcs } from '../../../science/astrometry/wcs/wcs'
import { writeWcs } from '../../../science/astrometry/wcs/write-wcs'
import type { PictureText } from './write-png'

/** What a person writes under a picture; empty texts are left out. */
export interface PictureCredit {
  readonly title: string
  readonly credit: string
}

const listFrames = ({ labels, sources, look, measures }: CompositeRecord): string[] =>
  labels.map(({ name, filter, exposure }, index) => {
    const { minimum, gain, colour } = look.inputs[index]!
    const part = sources[index]?.part ?? 'whole'
    const facts = [
      filter === null ? '' : `filter ${filter}`,
      exposure === null ? '' : `${exposure} s`,
      part === 'whole' ? '' : `${part} pixels`,
      look.luminance === index ? 'brightness' : `red ${colour[0]}, green ${colour[1]}, blue ${colour[2]}`,
      `minimum ${minimum.toPrecision(6)}`,
      `factor ${gain.toPrecision(5)}`,
      measures.alignment[index] === 'same'
        ? ''
        : `laid on the first by ${measures.alignment[index] ?? 'stars'}`,
    ]
    return `${name} (${sources[index]?.frame ?? ''}): ${facts.filter((fact) => fact !== '').join('; ')}`
  })

/** How a picture was made, in lines that a person reads and a program finds: everything that makes it again. */
export const describeRecipe = (record: CompositeRecord, steps: readonly string[]): string => {
  const { curve, stretch, q, saturation, neutral } = record.look
  return [
    `Picture in colour ${record.id}, ${record.width} x ${record.height} pixels`,
    ...listFrames(record),
    `curve ${curve}, stretch ${stretch.toPrecision(6)}${curve === 'lupton' ? `, Q ${q}` : ''}, saturation ${saturation}, neutral below ${neutral.toPrecision(6)}`,
    `balance: ${record.balance}`,
    ...steps,
  ].join('\n')
}

/** World coordinates as header cards, a line each; rows are counted from the lowest, as FITS does. */
export const describeWorld = (wcs: Wcs): string =>
  writeWcs(wcs)
    .cards.map((card) => formatCard(card).trimEnd())
    .join('\n')

const escapeXml = (text: string): string =>
  text.replaceAll(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '',
  )

const list = (name: string, values: readonly (number | string)[]): string =>
  `<${name}><rdf:Seq>${values.map((value) => `<rdf:li>${escapeXml(String(value))}</rdf:li>`).join('')}</rdf:Seq></${name}>`

const listSpatial = (wcs: Wcs, { width, height }: Pick<CompositeRecord, 'width' | 'height'>): string => {
  const { scale } = describeWcs(wcs)
  const [, , m2, m3] = wcs.matrix
  // Degrees from up towards left (east of north on a picture that is not mirrored) to where declination grows.
  const rotation = (Math.atan2(m2, m3) * 180) / Math.PI
  const mirrored = wcs.matrix[0] * wcs.matrix[3] - wcs.matrix[1] * wcs.matrix[2] > 0
  return [
    '<avm:Spatial.CoordinateFrame>ICRS</avm:Spatial.CoordinateFrame>',
    '<avm:Spatial.Equinox>J2000</avm:Spatial.Equinox>',
    list('avm:Spatial.ReferenceValue', [wcs.center.longitude, wcs.center.latitude]),
    list('avm:Spatial.ReferenceDimension', [width, height]),
    list('avm:Spatial.ReferencePixel', [wcs.reference.x + 1, wcs.reference.y + 1]),
    list('avm:Spatial.Scale', [((mirrored ? 1 : -1) * scale) / 3600, scale / 3600]),
    `<avm:Spatial.Rotation>${rotation}</avm:Spatial.Rotation>`,
    list('avm:Spatial.CDMatrix', wcs.matrix),
    '<avm:Spatial.CoordsystemProjection>TAN</avm:Spatial.CoordsystemProjection>',
    '<avm:Spatial.Quality>Full</avm:Spatial.Quality>',
  ].join('')
}

/** Astronomy Visualization Metadata 1.2 (Hurt et al.) as XMP: who, what, and where on the sky, for programs that show pictures on it. */
export const describeAvm = (
  record: CompositeRecord,
  wcs: Wcs | null,
  { title, credit }: PictureCredit,
): string => {
  const { labels, object, telescope, instrument, look } = record
  const colours = look.inputs.map(({ colour: [red, green, blue] }) =>
    red > green && red > blue ? 'Red' : blue > green && blue > red ? 'Blue' : green > red ? 'Green' : 'Other',
  )
  const tangent = wcs !== null && wcs.projection === 'TAN'
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:avm="http://www.communicatingastronomy.org/avm/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">',
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>`,
    credit === '' ? '' : `<photoshop:Credit>${escapeXml(credit)}</photoshop:Credit>`,
    '<avm:MetadataVersion>1.2</avm:MetadataVersion>',
    `<avm:ID>${record.id}</avm:ID>`,
    '<avm:Type>Observation</avm:Type>',
    object === null ? '' : list('avm:Subject.Name', [object]),
    telescope === ''
      ? ''
      : list(
          'avm:Facility',
          labels.map(() => telescope),
        ),
    instrument === ''
      ? ''
      : list(
          'avm:Instrument',
          labels.map(() => instrument),
        ),
    list(
      'avm:Spectral.Band',
      labels.map(() => 'Optical'),
    ),
    list(
      'avm:Spectral.Bandpass',
      labels.map(({ filter }) => filter ?? '-'),
    ),
    list('avm:Spectral.ColorAssignment', colours),
    list(
      'avm:Temporal.IntegrationTime',
      labels.map(({ exposure }) => exposure ?? '-'),
    ),
    record.dateObs === null ? '' : list('avm:Temporal.StartTime', [record.dateObs]),
    tangent ? listSpatial(wcs, record) : '',
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('')
}

export const listTexts = (texts: Readonly<Record<string, string>>): PictureText[] =>
  Object.entries(texts).flatMap(([keyword, text]) => (text === '' ? [] : [{ keyword, text }]))
