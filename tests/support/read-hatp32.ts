import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Image } from '../../web/core/image'
import { readGzippedImage } from './read-gzipped-image'

/** The raw frames of the transit of HAT-P-32 b in time order, as paths. */
export const listHatp32Frames = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.FITS.gz'))
    .sort()
    .map((name) => join(folder, name))

export const readHatp32Frame = (path: string): Image => readGzippedImage(path)
