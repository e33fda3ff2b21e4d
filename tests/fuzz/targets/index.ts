import type { FuzzTarget } from '../target'
import { addresses } from './addresses'
import { arrivals } from './arrivals'
import { hcompress, plio, rice, tileGzip } from './codecs'
import { calibrationChoices, orders, profiles, projects, records, settings } from './documents'
import { filters } from './filters'
import { foreign } from './foreign'
import { headers } from './headers'
import { images } from './images'
import { imports } from './imports'
import { archives, bzip2, gzips, intake, lzw } from './packings'
import { patches } from './patches'
import { patterns } from './patterns'
import { rewrites } from './rewrites'
import { nameReplies, serviceReplies, typedNames } from './services'
import { skies } from './sky'
import { starIndexes, starTiles } from './star-tiles'
import { tables } from './tables'
import { delimited, ecsv, votable } from './text-tables'
import { tiles } from './tiles'
import { words } from './words'

/** Every door there is. A new format gets a line here. */
export const TARGETS: readonly FuzzTarget[] = [
  headers,
  skies,
  starTiles,
  starIndexes,
  words,
  arrivals,
  images,
  tiles,
  tables,
  rewrites,
  rice,
  hcompress,
  plio,
  tileGzip,
  gzips,
  bzip2,
  lzw,
  archives,
  intake,
  foreign,
  delimited,
  ecsv,
  votable,
  serviceReplies,
  nameReplies,
  typedNames,
  filters,
  patterns,
  addresses,
  orders,
  profiles,
  settings,
  calibrationChoices,
  records,
  projects,
  imports,
  patches,
]
