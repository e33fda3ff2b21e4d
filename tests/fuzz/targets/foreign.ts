import { convertForeign } from '../../../web/ingest/foreign/convert-foreign'
import { listHdus } from '../../../web/science/fits'
import type { Random } from '../../../web/science/math/random'
import { mutateBytes } from '../mutate-bytes'
import { changeText } from '../mutate-text'
import { FOREIGN } from '../packed-corpus'
import { chance, drawCount, drawInteger, pick } from '../pick'
import { promise, type FuzzTarget } from '../target'

const MOST_BYTES = 2 ** 22
const KINDS = ['xisf', 'ser'] as const

const ATTRIBUTES =
  'geometry sampleFormat colorSpace location compression checksum byteOrder pixelStorage bounds id type value name comment'
const XISF_WORDS = [
  ATTRIBUTES.split(' ').flatMap((name) => [name, ` ${name}="`]),
  [
    '<Image ',
    '<Image/>',
    '</Image>',
    '<FITSKeyword name="A" value="1" comment=""/>',
    '<Property ',
    '<xisf>',
    '</xisf>',
  ],
  [
    'attachment:',
    'inline:base64',
    'embedded',
    'path(a)',
    'url(http://x)',
    'UInt8',
    'UInt64',
    'Complex64',
    'Float64',
  ],
  [
    'zlib:',
    'zlib+sh:',
    'lz4:',
    'lz4+sh:',
    'lz4hc',
    'zstd:',
    'zstd+sh:',
    ':4294967296',
    ':2',
    'sha1:',
    'Normal',
    'Planar',
  ],
  [
    '17:13:1',
    '65536:65536:1',
    '0:0:0',
    '-1:5:1',
    '1:1:1000000',
    'RGB',
    'Gray',
    'CIELab',
    'BIG',
    '<!DOCTYPE x>',
  ],
].flat()

/** The text of the header is hurt and its length put right, so that what lies behind it is found or not by what it says itself. */
const hurtXisf = (random: Random, bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8, true)
  const header = Buffer.from(bytes.subarray(16, 16 + length)).toString('latin1')
  const changed = Buffer.from(changeText(random, header, XISF_WORDS), 'latin1')
  // Blocks are named by their place in the file: the header keeps its room where it can.
  const text = Buffer.concat([changed, Buffer.alloc(Math.max(0, length - changed.length), 0x20)])
  const output = new Uint8Array(bytes.length - length + text.length)
  output.set(bytes.subarray(0, 16))
  output.set(text, 16)
  output.set(bytes.subarray(16 + length), 16 + text.length)
  new DataView(output.buffer).setUint32(8, text.length, true)
  return output
}

/** Fields of the header of SER: colours, byte order, width, height, depth, frames; and times. */
const SER_FIELDS = [14, 18, 22, 26, 30, 34, 38, 162, 166, 170, 174]

const hurtSer = (random: Random, bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const output = new Uint8Array(bytes)
  const view = new DataView(output.buffer)
  for (let count = drawCount(random, 4); count > 0; count--)
    view.setInt32(pick(random, SER_FIELDS), Number(BigInt.asIntN(32, BigInt(drawInteger(random)))), true)
  return output
}

/** XISF and SER: what comes out is a FITS file that we read ourselves. */
export const foreign: FuzzTarget = {
  name: 'foreign',
  make: (random) => {
    const { kind, bytes } = pick(random, FOREIGN)
    const hurt = chance(random, 0.3)
      ? mutateBytes(random, bytes)
      : (kind === 'xisf' ? hurtXisf : hurtSer)(random, bytes)
    const input = new Uint8Array(1 + hurt.length)
    input[0] = KINDS.indexOf(kind)
    input.set(hurt, 1)
    return input
  },
  run: async (input) => {
    const kind = KINDS[input[0] ?? 0] ?? 'ser'
    const options = { sha256: 'a'.repeat(64), most: MOST_BYTES }
    const fits = await convertForeign(kind, input.slice(1), options)
    promise(listHdus(fits).length > 0, 'a file without HDUs came out')
  },
}
