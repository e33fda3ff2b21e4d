import type { FrameFacts, RawFrameKind } from '../../web/core/frame'
import { idleTask } from '../../web/core/task'
import { ingestInput } from '../../web/ingest/ingest-files'
import { createStorageSink } from '../../web/ingest/storage-sink'
import { writeFitsImage } from '../../web/science/fits'
import type { Workspace } from '../../web/storage/workspace'
import { drawLcg } from '../science/calibration/lcg-frames'

const WIDTH = 240
const HEIGHT = 208
/** Columns on the left and rows at the end that see no light. */
const OVERSCAN = 12

interface Wanted {
  readonly name: string
  readonly kind: RawFrameKind
  readonly seconds: number
  readonly seed: number
}

/** A frame of 240 x 208 pixels: level and its drift, hot pixels, vignetting, stars, cosmic rays; seeded. */
const takeFrame = ({ kind, seconds, seed }: Wanted): Float32Array => {
  const [draw, pattern] = [drawLcg(seed), drawLcg(7)]
  const noise = () => draw() + draw() + draw() + draw() - 2
  const data = new Float32Array(WIDTH * HEIGHT)
  const stars = Array.from({ length: 12 }, () => [
    20 + 200 * pattern(),
    5 + 198 * pattern(),
    3000 * pattern(),
  ])
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const hot = pattern() > 0.995 ? 40 : 1
      const response = 1 + 0.1 * (pattern() - 0.5) - 0.3 * ((x - 120) / 120) ** 2
      let light = kind === 'flat' ? 9000 + 40 * (seed % 7) : kind === 'light' ? 300 + x / 4 : 0
      if (kind === 'light')
        for (const [left = 0, top = 0, height = 0] of stars)
          light += height / (1 + ((x - left) ** 2 + (y - top) ** 2) / 4) ** 4
      if (kind === 'light' && draw() > 0.999) light += 4000
      const dark = kind === 'bias' ? 0 : 0.5 * hot * seconds
      const electronics = 1000 + 8 * Math.sin(y / 40) + (seed % 5)
      const seen = x < OVERSCAN || y >= HEIGHT - OVERSCAN ? 0 : light * response + dark
      data[y * WIDTH + x] = Math.round(electronics + seen + noise() * Math.sqrt(30 + seen))
    }
  }
  return data
}

const FRAMES: readonly Wanted[] = (
  [
    ['bias', 7, 0],
    ['dark', 5, 60],
    ['flat', 5, 6],
    ['light', 5, 20],
  ] as const
).flatMap(([kind, count, seconds]) =>
  Array.from({ length: count }, (_, index) => ({
    name: `${kind}-${index + 1}.fits`,
    kind,
    seconds,
    seed: seconds * 100 + index + 11,
  })),
)

/** Puts a small night into the workspace, and gives its files. */
export const fillSmallCamera = async (
  workspace: Workspace,
  facts: Partial<FrameFacts> = {},
): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[]> => {
  const files = FRAMES.map((wanted) => ({
    name: wanted.name,
    bytes: writeFitsImage({
      image: { width: WIDTH, height: HEIGHT, data: takeFrame(wanted) },
      header: [],
      added: [
        { keyword: 'IMAGETYP', value: wanted.kind },
        { keyword: 'EXPTIME', value: wanted.seconds, floating: true },
        { keyword: 'INSTRUME', value: 'small' },
        { keyword: 'FILTER', value: 'R' },
        { keyword: 'DATE-OBS', value: `2024-01-01T20:${String(10 + (wanted.seed % 40))}:00` },
      ],
      bitpix: 16,
    }),
  }))
  const sink = createStorageSink(workspace)
  for (const { name, bytes } of files)
    await ingestInput(
      { path: `night.zip/raw/${name}`, blob: new Blob([bytes]), batch: 'night' },
      sink,
      idleTask(),
    )
  for (const exposure of await workspace.exposures.list()) {
    const corrections = { gain: 1.6, readNoise: 7, ...facts }
    await workspace.exposures.put({ ...exposure, corrections })
  }
  return files
}
