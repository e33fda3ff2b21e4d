/**
 * The one table of ranks. A file imports only from rooms of lower rank and from its own; rooms of equal rank never import
 * each other. dependency-cruiser, the tests and ARCHITECTURE.md all go by it.
 * @type {readonly { readonly room: string, readonly path: string, readonly rank: number }[]}
 */
export const ROOMS = [
  { room: 'core', path: 'web/core', rank: 0 },
  { room: 'science', path: 'web/science', rank: 1 },
  { room: 'storage', path: 'web/storage', rank: 1 },
  { room: 'observatory', path: 'web/observatory', rank: 1 },
  { room: 'compute', path: 'web/compute', rank: 2 },
  { room: 'pipeline', path: 'web/pipeline', rank: 3 },
  { room: 'ingest', path: 'web/ingest', rank: 3 },
  { room: 'render', path: 'web/render', rank: 3 },
  { room: 'rpc', path: 'web/rpc', rank: 4 },
  { room: 'engine', path: 'web/engine', rank: 5 },
  { room: 'workers', path: 'workers', rank: 5 },
  { room: 'state', path: 'web/state', rank: 6 },
  { room: 'ui', path: 'web/ui', rank: 7 },
  { room: 'app', path: 'web/app', rank: 8 },
]

/** Crafts of web/science that every other craft may use. They may use each other only where SCIENCE_GRANTS says so. */
export const SCIENCE_COMMON = ['math', 'image']

/** What a craft may use beyond the common ones, with the reason. */
export const SCIENCE_GRANTS = [
  { craft: 'simulator', may: ['time'], reason: 'a simulated transit is stamped with barycentric times' },
]

/** Where Comlink may be imported: the contracts, the pool that starts workers, and the workers themselves. */
export const COMLINK_ROOMS = ['web/rpc', 'web/engine', 'workers']
