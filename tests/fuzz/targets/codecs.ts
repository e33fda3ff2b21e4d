import { gunzipSync, gzipSync } from 'node:zlib'
import { decodeHcompressKernel } from '../../../web/compute/kernels/decode-hcompress'
import { decodeRiceKernel } from '../../../web/compute/kernels/decode-rice'
import type { Kernel } from '../../../web/compute/kernel'
import { idleTask } from '../../../web/core/task'
import { decodePlio } from '../../../web/science/fits/decode-plio'
import { inflateTile } from '../../../web/science/fits/inflate-tile'
import type {
  PackedTiles,
  TileQuantisation,
  TileScaling,
  UnpackedTiles,
} from '../../../web/science/fits/unpack-tiles'
import type { Random } from '../../../web/science/math/random'
import { encodePlainly } from '../../science/fits/encode-hcompress'
import { encodeRice } from '../../science/fits/encode-rice'
import { mutateBytes } from '../mutate-bytes'
import { chance, pick } from '../pick'
import { promise, type FuzzTarget } from '../target'
import { findDifference, openKernels, reference } from './kernels'
import { settle } from './outcome'

/** The first bytes of an input say how its stream is read: pixels (24 bits), a byte of choices. */
const HEAD = 4

const withHead = (pixels: number, choices: number, stream: Uint8Array): Uint8Array<ArrayBuffer> => {
  const input = new Uint8Array(HEAD + stream.length)
  input.set([pixels & 0xff, (pixels >> 8) & 0xff, (pixels >> 16) & 0xff, choices])
  input.set(stream, HEAD)
  return input
}

const readHead = (input: Uint8Array): { pixels: number; choices: number; stream: Uint8Array } => ({
  // A tile has at least one pixel.
  pixels: Math.max(1, Math.min(2 ** 20, (input[0] ?? 0) | ((input[1] ?? 0) << 8) | ((input[2] ?? 0) << 16))),
  choices: input[3] ?? 0,
  stream: input.subarray(HEAD),
})

/** How pixels are made of the integers, by the two bits of the choices that no codec needs: as they are, or quantised with each dither. */
const DITHERS = ['none', 'none', 'subtractive-1', 'subtractive-2'] as const

const readScaling = (choices: number): TileScaling => ({
  bzero: 0.5,
  bscale: 2,
  blank: 8,
  dither: DITHERS[(choices >> 5) & 3]!,
})

const readQuantisation = (choices: number): TileQuantisation | undefined =>
  (choices >> 5) % 4 === 0
    ? undefined
    : {
        scales: Float64Array.of(choices & 0x80 ? -1e-30 : 0.37),
        zeros: Float64Array.of(choices & 0x80 ? 1e30 : -12.5),
        seeds: Int32Array.of(choices & 0x80 ? 2_000_000_011 : 9999),
      }

const drawDither = (random: Random): number => (chance(random, 0.5) ? 0 : random.integer(8) << 5)

const GUARD = 16

/** The same stream between other bytes: if they change anything, something was read that is not its own. */
const surround = (stream: Uint8Array, filling: number, quantisation?: TileQuantisation): PackedTiles => {
  const heap = new Uint8Array(stream.length + 2 * GUARD).fill(filling)
  heap.set(stream, GUARD)
  return { heap, offsets: Int32Array.of(GUARD), lengths: Int32Array.of(stream.length), quantisation }
}

const outputFor = (pixels: number): UnpackedTiles => ({
  data: new Float32Array(pixels),
  damaged: new Uint8Array(1),
})

const compare = async <Params extends { readonly pixelsPerTile: number }>(
  kernel: Kernel<Params, PackedTiles, UnpackedTiles>,
  params: Params,
  stream: Uint8Array,
  quantisation?: TileQuantisation,
): Promise<void> => {
  const wasm = await openKernels()
  const outputs = [0x00, 0xff].flatMap((filling) => [
    {
      backend: reference,
      tiles: surround(stream, filling, quantisation),
      output: outputFor(params.pixelsPerTile),
    },
    {
      backend: wasm,
      tiles: surround(stream, filling, quantisation),
      output: outputFor(params.pixelsPerTile),
    },
  ])
  for (const { backend, tiles, output } of outputs)
    await backend.run(kernel, params, tiles, output, idleTask())
  const [first, ...others] = outputs
  for (const { output } of others) {
    promise(output.damaged[0] === first!.output.damaged[0], 'one reads it and the other refuses it')
    const at = findDifference(first!.output.data, output.data)
    promise(at < 0, `${output.data[at]} and ${first!.output.data[at]} for pixel ${at}`)
  }
}

const drawPixels = (random: Random, count: number, range: number): number[] =>
  Array.from({ length: count }, () => Math.round(random.uniform() ** 3 * range))

/** Mostly as many as the stream holds. */
const drawClaim = (random: Random, held: number): number =>
  chance(random, 0.85) ? held : pick(random, [1, held - 1, held + 1, held * 2, 4096, 2 ** 20])

export const rice: FuzzTarget = {
  name: 'rice',
  make: (random) => {
    const width = pick(random, [1, 2, 4] as const)
    const blockSize = pick(random, [1, 8, 16, 32, 255])
    const count = 1 + random.integer(60)
    const values = drawPixels(random, count, width === 1 ? 255 : 30_000)
    const stream = encodeRice(values, width, blockSize, random.integer(20))
    const choices =
      [1, 2, 4].indexOf(width) | ([1, 8, 16, 32, 255].indexOf(blockSize) << 2) | drawDither(random)
    return withHead(drawClaim(random, count), choices, mutateBytes(random, stream))
  },
  run: async (input) => {
    const { pixels, choices, stream } = readHead(input)
    const bytesPerPixel = ([1, 2, 4, 4] as const)[choices & 3] ?? 4
    const blockSize = [1, 8, 16, 32, 255, 2 ** 20, 7, 64][(choices >> 2) & 7] ?? 32
    await compare(
      decodeRiceKernel,
      { pixelsPerTile: pixels, bytesPerPixel, blockSize, scaling: readScaling(choices) },
      stream,
      readQuantisation(choices),
    )
  },
}

const withScale = (stream: Uint8Array, scale: number): Uint8Array => {
  new DataView(stream.buffer).setInt32(10, scale)
  return stream
}

/** Tiles of the coded kind, from a packer of the field; those that we pack ourselves are plain. */
const CODED = decodeHcompressKernel.sample().input.heap

export const hcompress: FuzzTarget = {
  name: 'hcompress',
  make: (random) => {
    const smooth = random.integer(2) | drawDither(random)
    if (chance(random, 0.4)) return withHead(drawClaim(random, 64), smooth, mutateBytes(random, CODED))
    const [rows, columns] = [1 + random.integer(9), 1 + random.integer(9)]
    const values = drawPixels(random, rows * columns, pick(random, [1, 255, 65_535, 2 ** 31 - 1]))
    const scale = pick(random, [0, 1, 2, 9, 1000, 2 ** 31 - 1, -1])
    const stream = withScale(encodePlainly(values, rows, columns), scale)
    const hurt = chance(random, 0.2) ? new Uint8Array(stream) : mutateBytes(random, stream)
    return withHead(drawClaim(random, rows * columns), smooth, hurt)
  },
  run: async (input) => {
    const { pixels, choices, stream } = readHead(input)
    await compare(
      decodeHcompressKernel,
      { pixelsPerTile: pixels, smooth: (choices & 1) === 1, scaling: readScaling(choices) },
      stream,
      readQuantisation(choices),
    )
  },
}

const drawInstructions = (random: Random): Uint8Array => {
  const count = 1 + random.integer(40)
  const words = new DataView(new ArrayBuffer(2 * (7 + count)))
  const newer = [0, 7, -100, count + 7, 0, 0, 0]
  newer.forEach((word, index) => words.setInt16(2 * index, word))
  for (let index = 0; index < count; index++)
    words.setUint16(
      14 + 2 * index,
      (random.integer(chance(random, 0.95) ? 8 : 16) << 12) | random.integer(chance(random, 0.8) ? 20 : 4096),
    )
  return new Uint8Array(words.buffer)
}

export const plio: FuzzTarget = {
  name: 'plio',
  make: (random) => {
    const stream = drawInstructions(random)
    const hurt = chance(random, 0.4) ? new Uint8Array(stream) : mutateBytes(random, stream)
    return withHead(drawClaim(random, random.integer(300)) & 0xff_ffff, 0, hurt)
  },
  run: (input) => {
    const { pixels, stream } = readHead(input)
    const outcomes = [0x00, 0xff].map((filling) => {
      const { heap } = surround(stream, filling)
      return settle(() => decodePlio(heap.subarray(GUARD, GUARD + stream.length), pixels))
    })
    const [first, second] = outcomes
    if (first === undefined || second === undefined) return
    promise('value' in first === 'value' in second, 'what lies beside the stream changes what it is')
    if (!('value' in first) || !('value' in second)) return
    promise(first.value.length === pixels, `${first.value.length} of ${pixels} pixels`)
    promise(findDifference(first.value, second.value) < 0, 'what lies beside the stream changes its pixels')
  },
}

/** What another reader of gzip makes of a stream; null where it refuses. */
const inflateElsewhere = (stream: Uint8Array): Uint8Array | null => {
  try {
    return gunzipSync(stream, { maxOutputLength: 2 ** 21 })
  } catch {
    return null
  }
}

/** Tiles of GZIP_1 and GZIP_2: the bytes that zlib gives, as many as are wanted at most. */
export const tileGzip: FuzzTarget = {
  name: 'tile-gzip',
  make: (random) => {
    const values = Uint8Array.from(drawPixels(random, random.integer(400), 255))
    const stream = new Uint8Array(gzipSync(values, { level: random.integer(10) }))
    const hurt = chance(random, 0.1) ? stream : mutateBytes(random, stream)
    return withHead(drawClaim(random, Math.max(1, values.length)), 0, hurt)
  },
  run: (input) => {
    const { pixels, stream } = readHead(input)
    const inflated = inflateTile(stream, pixels)
    promise(inflated === null || inflated.length <= pixels, `${inflated?.length} of at most ${pixels} bytes`)
    const expected = inflateElsewhere(stream)
    if (expected === null) return
    const stated = new DataView(stream.buffer, stream.byteOffset).getUint32(stream.length - 4, true)
    // A length at its end that is not so makes it another stream for us.
    if (stated !== expected.length) return
    if (inflated === null) promise(stated > pixels, 'a good stream is refused')
    else promise(findDifference(expected, inflated) < 0, 'other bytes than zlib gives')
  },
}
