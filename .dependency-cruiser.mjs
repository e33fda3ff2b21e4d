import { fileURLToPath } from 'node:url'
import { COMLINK_ROOMS, ROOMS, SCIENCE_COMMON, SCIENCE_GRANTS } from './tests/architecture/ranks.mjs'

const severity = /** @type {const} */ ('error')

/** @param {string[]} paths */
const anyOf = (paths) => `^(${paths.join('|')})/`

/** A room may not import a room of the same or a higher rank, nor a test or a script. */
const rankRules = ROOMS.map(({ room, path, rank }) => ({
  name: `rank-${room}`,
  comment: `${path} has rank ${rank}: it imports only what lies below it.`,
  severity,
  from: { path: `^${path}/` },
  to: {
    path: anyOf([
      ...ROOMS.filter((other) => other.room !== room && other.rank >= rank).map((other) => other.path),
      'tests',
      'scripts',
    ]),
  },
}))

/** A craft of science imports itself, the common crafts and what is granted to it. */
const craftRule = {
  name: 'science-crafts-apart',
  comment: 'A craft of science may use math and image, and otherwise not its siblings.',
  severity,
  from: {
    path: '^web/science/([^/]+)/',
    pathNot: anyOf(SCIENCE_GRANTS.map(({ craft }) => `web/science/${craft}`)),
  },
  to: {
    path: '^web/science/',
    pathNot: ['^web/science/$1/', anyOf(SCIENCE_COMMON.map((craft) => `web/science/${craft}`))],
  },
}

const grantRules = SCIENCE_GRANTS.map(({ craft, may, reason }) => ({
  name: `science-${craft}`,
  comment: reason,
  severity,
  from: { path: `^web/science/${craft}/` },
  to: {
    path: '^web/science/',
    pathNot: anyOf([craft, ...SCIENCE_COMMON, ...may].map((name) => `web/science/${name}`)),
  },
}))

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  ...rankRules,
  craftRule,
  ...grantRules,
  {
    name: 'no-cycles',
    comment: 'Files that import each other in a ring cannot be understood one at a time.',
    severity,
    from: {},
    to: { circular: true },
  },
  {
    name: 'science-is-pure',
    comment:
      'Algorithms need nothing but the language: of packages only what computes, never a user interface or a store.',
    severity,
    from: { path: '^web/(core|science)/' },
    to: {
      path: 'node_modules/(react|react-dom|zustand|comlink|idb|i18next|react-i18next|react-aria-components|d3)(/|$)',
    },
  },
  {
    name: 'comlink-at-the-border',
    comment: 'Only the contracts between threads, the pool and the workers know how a call crosses a thread.',
    severity,
    from: { path: '^(web|workers)/', pathNot: anyOf(COMLINK_ROOMS) },
    to: { path: 'node_modules/comlink' },
  },
  {
    name: 'idb-in-storage',
    comment: 'One room talks to the database.',
    severity,
    from: { path: '^(web|workers)/', pathNot: '^web/storage/' },
    to: { path: 'node_modules/idb/' },
  },
  {
    name: 'react-at-the-top',
    comment: 'What is below the user interface runs without it.',
    severity,
    from: { path: '^(web|workers)/', pathNot: '^web/(ui|app)/' },
    to: { path: 'node_modules/(react|react-dom|react-i18next|react-aria-components)(/|$)' },
  },
  {
    name: 'no-node-in-the-browser',
    comment: 'The app runs in a browser: modules of Node are for scripts and tests.',
    severity,
    from: { path: '^(web|workers)/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'resolvable',
    comment: 'An import that leads nowhere.',
    severity,
    from: { path: '^(web|workers)/' },
    to: { couldNotResolve: true, pathNot: '\\?(url|raw|worker|init)' },
  },
]

const configuration = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache|coverage)/' },
    // Imports of types count: a rank is about who knows whom.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: fileURLToPath(new URL('tsconfig.base.json', import.meta.url)) },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css', '.wasm', '.wgsl'] },
  },
}

export default configuration
