import type { FuzzTarget } from '../target'
import { hcompress, plio, rice } from './codecs'
import { orders, profiles, projects, records } from './documents'
import { foreign, texts } from './foreign'
import { headers } from './headers'
import { images } from './images'
import { archives, bzip2, gzips, intake, lzw } from './packings'
import { tables } from './tables'
import { tiles } from './tiles'

/** Every door there is. A new format gets a line here. */
export const TARGETS: readonly FuzzTarget[] = [
  headers,
  images,
  tiles,
  tables,
  rice,
  hcompress,
  plio,
  gzips,
  bzip2,
  lzw,
  archives,
  intake,
  foreign,
  texts,
  orders,
  profiles,
  records,
  projects,
]
