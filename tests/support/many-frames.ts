import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { listFolder } from './drive-app'

const BLOCK = 2880
/** A month has at least so many days: the nights are the first of December on. */
const MOST_NIGHTS = 28

/**
 * Writes `count` different frames into a new folder: the frames of a night over and over, each time a night later and with one pixel
 * changed, so that no two have the same bytes. Gives the folder.
 */
export const writeManyFrames = (source: string, count: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'asterism-frames-'))
  const originals = listFolder(source).map((path) => gunzipSync(readFileSync(path)))
  for (let index = 0; index < count; index++) {
    const original = originals[index % originals.length]
    const night = Math.floor(index / originals.length)
    if (original === undefined || night >= MOST_NIGHTS - 1) throw new Error('too many frames are asked for')
    const bytes = Buffer.from(original)
    const head = bytes.toString('latin1', 0, 4 * BLOCK)
    const day = (offset: number) => `2017-12-${String(1 + night + offset).padStart(2, '0')}`
    bytes.write(head.replaceAll('2017-12-19', day(0)).replaceAll('2017-12-20', day(1)), 0, 'latin1')
    bytes.writeInt16BE(index, bytes.length - BLOCK - 2)
    writeFileSync(join(folder, `frame-${String(index).padStart(4, '0')}.fits`), bytes)
  }
  return folder
}
