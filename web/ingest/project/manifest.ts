import { z } from '../../core/validation'
import { SCHEMA_VERSION } from '../../storage/migrations/all-migrations'

/** The file that makes a zip a project: what is in it, where, and the hash of each file. */
export const MANIFEST_NAME = 'asterism.json'
export const PROJECT_FORMAT = 'asterism-project'
/** Of the manifest itself; the version of the records is the schema's. */
export const MANIFEST_VERSION = 1

const path = z.string().min(1).max(1000)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const bytes = z.int().min(0)
const id = z.string().min(1).max(300)

const fileSchema = z.discriminatedUnion('role', [
  /** Bytes of the pixel store as they lie there: originals, patches. */
  z.object({ role: z.literal('bytes'), path, bytes, sha256, id }),
  /** A master or a stack, in the store as planes and here as FITS. `stored` is what lies in the store. */
  z.object({
    role: z.literal('picture'),
    path,
    bytes,
    sha256,
    id,
    width: z.int().min(1),
    height: z.int().min(1),
    stored: z.object({ bytes, sha256 }),
  }),
  /** Records of one store, one a line. */
  z.object({ role: z.literal('records'), path, bytes, sha256, store: z.string().max(60), records: z.int() }),
  /** For people and other programs; nothing is read from it. */
  z.object({ role: z.literal('derived'), path, bytes, sha256 }),
])

export const manifestSchema = z.object({
  format: z.literal(PROJECT_FORMAT),
  version: z.int().min(1),
  /** Of the app that wrote it. */
  app: z.string().max(60),
  /** Number of the last migration of the records. */
  schema: z.int().min(1),
  createdAt: z.string().max(40),
  /** How many records there are of each store. */
  stores: z.record(z.string().max(60), z.int().min(0)),
  /** Bytes that a record names and that were not there any more. */
  missing: z.array(id),
  /** Of a folder on disk that follows a workspace: which one, so that no other writes there. */
  mirrorOf: z.string().max(80).optional(),
  files: z.array(fileSchema).max(1_000_000),
})

export type Manifest = z.infer<typeof manifestSchema>
export type ManifestFile = Manifest['files'][number]

/** All but the list of files: the same for a zip and for a folder that follows the workspace. */
export const headManifest = ({
  app,
  now,
  stores,
  missing,
}: {
  readonly app: string
  readonly now: number
  readonly stores: Readonly<Manifest['stores']>
  readonly missing: readonly string[]
}): Omit<Manifest, 'files'> => ({
  format: PROJECT_FORMAT,
  version: MANIFEST_VERSION,
  app,
  schema: SCHEMA_VERSION,
  createdAt: new Date(now).toISOString(),
  stores: { ...stores },
  missing: [...missing],
})
