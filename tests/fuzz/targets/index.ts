import type { FuzzTarget } from '../target'
import { hcompress, plio, rice } from './codecs'
import { headers } from './headers'
import { images } from './images'
import { tiles } from './tiles'

/** Every door there is. A new format gets a line here. */
export const TARGETS: readonly FuzzTarget[] = [headers, images, tiles, rice, hcompress, plio]
