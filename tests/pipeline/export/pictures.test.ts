import 'fake-indexeddb/auto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { idleTask } from '../../../web/core/task'
import { ingestInput } from '../../../web/ingest/ingest-files'
import { createStorageSink } from '../../../web/ingest/storage-sink'
import { createFrameSource } from '../../../web/pipeline/create-frame-source'
import { exportPicture } from '../../../web/pipeline/export/pictures/export-picture'
import { writePng } from '../../../web/pipeline/export/pictures/write-png'
import { writeTiff } from '../../../web/pipeline/export/pictures/write-tiff'
import type { PictureFormat } from '../../../web/core/picture-format'
import { writeFitsImage } from '../../../web/science/fits'
import { createRandom } from '../../../web/science/math/random'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { openTestCompute, runInProcess } from '../../support/run-in-process'
import { runOracle } from '../../support/run-oracle'

const folder = mkdtempSync(join(tmpdir(), 'pictures-'))

const ask = (context: Parameters<typeof runOracle>[0], script: string, ...files: string[]): unknown =>
  JSON.parse(runOracle(context, 'python3', ['-c', script, ...files]))

/** Noise over all values, wider than a strip is high and not a multiple of anything. */
const makeNoise = (bits: 8 | 16, width = 397, height = 611) => {
  const random = createRandom(`noise ${bits}`)
  const count = 3 * width * height
  const samples = bits === 8 ? new Uint8Array(count) : new Uint16Array(count)
  for (let at = 0; at < count; at++) samples[at] = random.integer(2 ** bits)
  return { width, height, bits, samples }
}

const keep = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

/** A sum that knows the place of each value. */
const weigh = (samples: ArrayLike<number>): number => {
  let sum = 0
  for (let at = 0; at < samples.length; at++) sum = (sum * 31 + samples[at]!) % 2_147_483_647
  return sum
}

const WEIGH = `
def weigh(a):
    total = 0
    for v in a.ravel().tolist():
        total = (total * 31 + v) % 2147483647
    return total
`

describe('files that other programs read', () => {
  it.for([8, 16] as const)('a PNG of %d bits, its texts and its mark of sRGB', async (bits, context) => {
    const picture = makeNoise(bits)
    const bytes = await writePng(picture, [
      { keyword: 'Title', text: 'Sternhaufen α' },
      { keyword: 'Description', text: 'a\nb' },
    ])
    const path = keep(`noise-${bits}.png`, bytes)
    const read = ask(
      context,
      `${WEIGH}
import sys, json, cv2
from PIL import Image
a = cv2.cvtColor(cv2.imread(sys.argv[1], cv2.IMREAD_UNCHANGED), cv2.COLOR_BGR2RGB)
im = Image.open(sys.argv[1]); im.load()
print(json.dumps(dict(shape=a.shape, type=str(a.dtype), sum=weigh(a), text=im.text, srgb=im.info.get("srgb"))))`,
      path,
    )
    expect(read).toEqual({
      shape: [picture.height, picture.width, 3],
      type: `uint${bits}`,
      sum: weigh(picture.samples),
      text: { Title: 'Sternhaufen α', Description: 'a\nb' },
      srgb: 0,
    })
  })

  it.for([8, 16] as const)('a TIFF of %d bits, its texts and its profile', async (bits, context) => {
    const picture = makeNoise(bits)
    const words = { description: 'what\nit is', artist: 'A. Student', software: 'Asterism 1', xmp: '<x/>' }
    const path = keep(`noise-${bits}.tif`, await writeTiff(picture, words))
    const read = ask(
      context,
      `${WEIGH}
import sys, json, io, tifffile, cv2
from PIL import ImageCms
a = tifffile.imread(sys.argv[1])
b = cv2.cvtColor(cv2.imread(sys.argv[1], cv2.IMREAD_UNCHANGED), cv2.COLOR_BGR2RGB)
with tifffile.TiffFile(sys.argv[1]) as t:
    tags = t.pages[0].tags
    profile = ImageCms.ImageCmsProfile(io.BytesIO(tags[34675].value))
    red = ImageCms.ImageCmsTransform(profile, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")), "RGB", "RGB")
    from PIL import Image
    same = list(red.apply(Image.new("RGB", (1, 1), (200, 90, 30))).getpixel((0, 0)))
    print(json.dumps(dict(shape=a.shape, type=str(a.dtype), sum=weigh(a), equal=bool((a == b).all()), pages=len(t.pages),
        words=[tags[270].value, tags[315].value, tags[305].value, bytes(tags[700].value).decode()], name=ImageCms.getProfileDescription(profile).strip(), same=same)))`,
      path,
    ) as { same: number[] }
    const { same, ...rest } = read
    expect(rest).toEqual({
      shape: [picture.height, picture.width, 3],
      type: `uint${bits}`,
      sum: weigh(picture.samples),
      equal: true,
      pages: 1,
      words: ['what\nit is', 'A. Student', 'Asterism 1', '<x/>'],
      name: 'sRGB',
    })
    for (const [channel, value] of [200, 90, 30].entries())
      expect(Math.abs(same[channel]! - value)).toBeLessThanOrEqual(1)
  })
})

const [WIDTH, HEIGHT] = [160, 120]

const makeFrame = (filter: string, star: number): Blob => {
  const random = createRandom(filter)
  const data = Float32Array.from({ length: WIDTH * HEIGHT }, () => 100 + 3 * random.normal())
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++)
      data[y * WIDTH + x]! += star * Math.exp(-((x - 30) ** 2 + (y - 20) ** 2) / 8)
  const cards: readonly (readonly [string, string | number])[] = [
    ['IMAGETYP', 'light'],
    ['OBJECT', 'M 37 & Co'],
    ['FILTER', filter],
    ['DATE-OBS', '2026-01-05T20:00:00'],
    ['EXPTIME', 60],
    ['CTYPE1', 'RA---TAN'],
    ['CTYPE2', 'DEC--TAN'],
    ['RADESYS', 'ICRS'],
    ['CRVAL1', 88.07],
    ['CRVAL2', 32.55],
    ['CRPIX1', 80.5],
    ['CRPIX2', 60.5],
    ['CD1_1', -0.0002],
    ['CD1_2', 0.00001],
    ['CD2_1', 0.00001],
    ['CD2_2', 0.0002],
  ]
  const added = cards.map(([keyword, value]) => ({
    keyword,
    value,
    comment: '',
    floating: typeof value === 'number',
  }))
  return new Blob([
    writeFitsImage({ image: { width: WIDTH, height: HEIGHT, data }, header: [], added, bitpix: -32 }),
  ])
}

describe('a picture in colour as a file', () => {
  let workspace: Workspace
  let picture: string
  beforeAll(async () => {
    workspace = await openWorkspace({ name: 'pictures' })
    const sink = createStorageSink(workspace)
    const ids: string[] = []
    for (const [filter, star] of [
      ['R', 4000],
      ['B', 500],
    ] as const) {
      const input = { path: `${filter}.fits`, blob: makeFrame(filter, star), batch: 'b' }
      ids.push((await ingestInput(input, sink, idleTask())).frames[0]!.id)
    }
    // One star cannot say how the frames lie: their places on the sky can.
    const report = await runInProcess(workspace, {
      request: 'colour_composite',
      parameters: { red: ids[0], blue: ids[1], gains: [1, 1], stretch: 100, name: 'M 37 in two colours' },
    })
    if (report.failures.length > 0) throw new Error(JSON.stringify(report.failures))
    picture = String(report.result['frame'])
  })

  const write = async (format: PictureFormat): Promise<string> => {
    const compute = await openTestCompute()
    const room = { workspace, compute, frames: createFrameSource(workspace, compute) }
    const request = { picture, format, appVersion: '1', title: 'M 37', credit: 'University & me' }
    return keep(
      `picture-${format}.${format.startsWith('png') ? 'png' : 'tif'}`,
      await compute.inTurn(() => exportPicture(room, request, idleTask())),
    )
  }

  it('has its star where the sky says, its recipe and its credit', async (context) => {
    const read = ask(
      context,
      `
import sys, json, cv2, numpy as np
from PIL import Image
from xml.dom import minidom
from astropy.io import fits
from astropy.wcs import WCS
a = cv2.cvtColor(cv2.imread(sys.argv[1]), cv2.COLOR_BGR2RGB).astype(int)
im = Image.open(sys.argv[1]); im.load()
at = tuple(int(round(v.mean())) for v in np.nonzero(a.sum(2) > 0.7 * a.sum(2).max()))
header = fits.Header.fromstring("\\n".join(line.ljust(80) for line in im.text["WCS"].split("\\n")), sep="\\n")
sky = WCS(header).pixel_to_world_values(30, 20)
xml = minidom.parseString(im.text["XML:com.adobe.xmp"])
value = lambda tag: [n.firstChild.data for n in xml.getElementsByTagName(tag)[0].getElementsByTagName("rdf:li")]
print(json.dumps(dict(at=[int(v) for v in at], rgb=a[at].tolist(), title=im.text["Title"], author=im.text["Author"], recipe=im.text["Description"],
   sky=[float(v) for v in sky], center=[float(v) for v in value("avm:Spatial.ReferenceValue")], credit=xml.getElementsByTagName("photoshop:Credit")[0].firstChild.data)))`,
      await write('png'),
    ) as Record<string, unknown> & {
      at: number[]
      rgb: number[]
      sky: number[]
      center: number[]
      recipe: string
    }
    // Rows from the top: the frame's row 20 is the 20th from below.
    expect(Math.abs(read.at[0]! - (HEIGHT - 1 - 20))).toBeLessThanOrEqual(2)
    expect(Math.abs(read.at[1]! - 30)).toBeLessThanOrEqual(2)
    expect(read.rgb[0]).toBeGreaterThan(read.rgb[2]! + 60)
    expect(read).toMatchObject({ title: 'M 37', author: 'University & me', credit: 'University & me' })
    expect(read.recipe).toContain('filter R; 60 s')
    expect(read.recipe).toContain('stretch 100.000')
    expect(read.center[0]).toBeCloseTo(88.07, 9)
    const [dx, dy] = [30 - 79.5, 20 - 59.5]
    expect((read.sky[0]! - 88.07) * Math.cos((32.55 * Math.PI) / 180)).toBeCloseTo(
      -0.0002 * dx + 0.00001 * dy,
      5,
    )
    expect(read.sky[1]! - 32.55).toBeCloseTo(0.00001 * dx + 0.0002 * dy, 5)
  })

  it('as FITS holds the light of three planes with their place on the sky, and the way there', async (context) => {
    const read = ask(
      context,
      `
import sys, json, numpy as np
from astropy.io import fits
from astropy.wcs import WCS
with fits.open(sys.argv[1]) as hdus:
    d = hdus[0].data; h = hdus[0].header
    w = WCS(h).celestial
    print(json.dumps(dict(shape=d.shape, star=[float(d[c, 20, 30]) for c in range(3)], sky=[float(np.nanmedian(d[c])) for c in range(3)],
      ref=[float(v) for v in w.pixel_to_world_values(79.5, 59.5)], names=[x.name for x in hdus], filters=[h["FILTER1"], h["FILTER2"]])))`,
      await write('fits'),
    ) as { shape: number[]; star: number[]; sky: number[]; ref: number[]; names: string[]; filters: string[] }
    expect(read.shape).toEqual([3, HEIGHT, WIDTH])
    expect(Math.abs(read.star[0]! - 4000)).toBeLessThan(30)
    expect(Math.abs(read.star[1]! - 2250)).toBeLessThan(30)
    expect(Math.abs(read.star[2]! - 500)).toBeLessThan(30)
    for (const level of read.sky) expect(Math.abs(level)).toBeLessThan(4)
    expect(read.ref[0]).toBeCloseTo(88.07, 9)
    expect(read.names).toContain('RECEIPT')
    expect(read.filters).toEqual(['R', 'B'])
  })

  it('says that a picture is gone', async () => {
    await workspace.composites.delete(picture)
    await expect(write('png')).rejects.toMatchObject({ code: 'not-found' })
  })
})
