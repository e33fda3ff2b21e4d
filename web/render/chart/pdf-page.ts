import type { Lettering, Pen, Stroke } from '../sky/pen'
import type { FramePart } from '../sky/see-sky'
import { measureHelvetica, toLatin } from './helvetica'
import type { GreyPicture } from './sample-picture'

/** 8 bits of red, green and blue for each pixel, row by row from the top. */
export interface ColourPicture {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

interface PdfPage {
  /** Draws in points from the top left. */
  readonly pen: Pen
  readonly fill: (part: FramePart, colour: string) => void
  /** The picture of the page, over a part of it. */
  readonly place: (picture: GreyPicture | ColourPicture, part: FramePart) => void
  /** The file. Nothing can be drawn any more. */
  readonly finish: () => Promise<Blob>
}

/** Control points of a quarter of a circle, as a part of its radius. */
const QUARTER = 0.5523

const number = (value: number): string => String(Math.round(value * 1000) / 1000)

/** `#rrggbb` or `rgb(r g b / a)` as three parts of one; transparency is left out, as paper has none. */
const readColour = (colour: string): string => {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1]
  const parts =
    hex === undefined
      ? (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number)
      : [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return [0, 1, 2].map((index) => number((parts[index] ?? 0) / 255)).join(' ')
}

const escapeText = (text: string): string => toLatin(text).replaceAll(/[\\()]/g, (sign) => `\\${sign}`)

const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0))

const deflate = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** One page with vector lines, selectable text in the standard fonts and one picture (PDF 1.4, ISO 32000-1). */
export const createPdfPage = ({
  width,
  height,
}: {
  readonly width: number
  readonly height: number
}): PdfPage => {
  const parts: string[] = []
  let image: GreyPicture | ColourPicture | null = null
  const say = (text: string): void => {
    parts.push(text)
  }
  const up = (y: number): number => height - y
  const path = (points: ArrayLike<number>): string => {
    let text = ''
    for (let k = 0; k + 1 < points.length; k += 2)
      text += `${number(points[k]!)} ${number(up(points[k + 1]!))} ${k === 0 ? 'm' : 'l'} `
    return text
  }
  const circle = (x: number, y: number, r: number): string => {
    const [cy, k] = [up(y), QUARTER * r]
    const curve = (...values: number[]): string => `${values.map(number).join(' ')} c `
    return (
      `${number(x + r)} ${number(cy)} m ` +
      curve(x + r, cy + k, x + k, cy + r, x, cy + r) +
      curve(x - k, cy + r, x - r, cy + k, x - r, cy) +
      curve(x - r, cy - k, x - k, cy - r, x, cy - r) +
      curve(x + k, cy - r, x + r, cy - k, x + r, cy)
    )
  }
  const stroke = (shape: string, { colour, width: thick, dash = [], halo }: Stroke): void => {
    const draw = (ink: string, wide: number, dashes: readonly number[]): void =>
      say(`${readColour(ink)} RG ${number(wide)} w [${dashes.map(number).join(' ')}] 0 d ${shape}S`)
    if (halo !== undefined) draw(halo, thick + 2, [])
    draw(colour, thick, dash)
  }
  const write = (text: string, x: number, y: number, lettering: Lettering): void => {
    const { size, anchor, bold = false, colour, halo } = lettering
    const wide = measureHelvetica(text, size, bold)
    const left = anchor === 'start' ? x : anchor === 'end' ? x - wide : x - wide / 2
    const place = `${number(left)} ${number(up(y) - 0.36 * size)} Td (${escapeText(text)}) Tj ET`
    const begin = `BT /${bold ? 'F2' : 'F1'} ${number(size)} Tf`
    // What is under the letters is drawn as their outline alone, so that a reader finds the words once.
    if (halo !== undefined) say(`q ${begin} 1 Tr 2.4 w 1 J 1 j [] 0 d ${readColour(halo)} RG ${place} Q`)
    say(`${begin} 0 Tr ${readColour(colour)} rg ${place}`)
  }
  return {
    pen: {
      line: (points, look, closed = false) => stroke(`${path(points)}${closed ? 'h ' : ''}`, look),
      circle: (x, y, radius, look) => stroke(circle(x, y, radius), look),
      dot: (x, y, radius, colour) => say(`${readColour(colour)} rg ${circle(x, y, radius)}f`),
      write,
      within: ({ left, top, right, bottom }, draw) => {
        say(`q ${number(left)} ${number(up(bottom))} ${number(right - left)} ${number(bottom - top)} re W n`)
        draw()
        say('Q')
      },
      measure: (text, { size, bold = false }) => measureHelvetica(text, size, bold),
    },
    fill: ({ left, top, right, bottom }, colour) =>
      say(
        `${readColour(colour)} rg ${number(left)} ${number(up(bottom))} ${number(right - left)} ${number(bottom - top)} re f`,
      ),
    place: (picture, { left, top, right, bottom }) => {
      image = picture
      say(
        `q ${number(right - left)} 0 0 ${number(bottom - top)} ${number(left)} ${number(up(bottom))} cm /I1 Do Q`,
      )
    },
    finish: async () => {
      const content = await deflate(toBytes(parts.join('\n')))
      const objects: (readonly [string, Uint8Array<ArrayBuffer> | null])[] = [
        ['<< /Type /Catalog /Pages 2 0 R >>', null],
        ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>', null],
        [
          `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${number(width)} ${number(height)}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >>${image === null ? '' : ' /XObject << /I1 7 0 R >>'} >> >>`,
          null,
        ],
        [`<< /Length ${content.length} /Filter /FlateDecode >>`, content],
        ['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>', null],
        ['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>', null],
      ]
      if (image !== null) {
        const [space, values] =
          'rgb' in image ? (['DeviceRGB', image.rgb] as const) : (['DeviceGray', image.grey] as const)
        const bytes = await deflate(new Uint8Array(values))
        objects.push([
          `<< /Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} /ColorSpace /${space} /BitsPerComponent 8 /Length ${bytes.length} /Filter /FlateDecode >>`,
          bytes,
        ])
      }
      return writeObjects(objects)
    },
  }
}

/** Objects one after the other, and the table of where each begins. */
const writeObjects = (objects: readonly (readonly [string, Uint8Array<ArrayBuffer> | null])[]): Blob => {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const starts: number[] = []
  let length = 0
  const add = (bytes: Uint8Array<ArrayBuffer>): void => {
    pieces.push(bytes)
    length += bytes.length
  }
  add(toBytes('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n'))
  for (const [index, [dictionary, stream]] of objects.entries()) {
    starts.push(length)
    add(toBytes(`${index + 1} 0 obj\n${dictionary}\n`))
    if (stream !== null) {
      add(toBytes('stream\n'))
      add(stream)
      add(toBytes('\nendstream\n'))
    }
    add(toBytes('endobj\n'))
  }
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  add(
    toBytes(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return new Blob(pieces, { type: 'application/pdf' })
}
