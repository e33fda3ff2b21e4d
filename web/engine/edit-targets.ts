import { AsterismError } from '../core/errors'
import type { ProjectRecord, TargetRecord } from '../core/target'
import { z } from '../core/validation'
import type { Workspace } from '../storage/workspace'
import type { Studio } from './studio'

const words = z.array(z.string().min(1).max(200)).max(10_000)
const common = {
  id: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(200),
  note: z.string().max(20_000),
  createdAt: z.number(),
}
const target = z.object({
  ...common,
  rightAscension: z.number().min(0).lt(360).nullable(),
  declination: z.number().min(-90).max(90).nullable(),
  aliases: words.optional(),
})
const project = z.object({ ...common, targets: words, orders: words, nights: words.optional() })

const check = <Value>(schema: z.ZodType, records: readonly Value[]): void => {
  for (const record of records) {
    const { error } = schema.safeParse(record)
    if (error === undefined) continue
    const issues = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    throw new AsterismError('bad-order', `This cannot be kept: ${issues}. Correct it and try again.`)
  }
}

type Edits = Pick<Studio, 'listTargets' | 'changeTargets' | 'listProjects' | 'changeProjects'>

/** Targets and projects as a person keeps them. A change puts and removes in one go, so that it can be undone by its opposite. */
export const editTargets = (
  opened: Promise<Workspace>,
  onChange: (tables: readonly ('targets' | 'projects')[]) => void,
  requireWriter: () => Promise<void>,
): Edits => ({
  listTargets: async () => (await opened).targets.list(),
  listProjects: async () => (await opened).projects.list(),
  changeTargets: async ({
    put = [],
    remove = [],
  }: {
    put?: readonly TargetRecord[]
    remove?: readonly string[]
  }) => {
    check(target, put)
    await requireWriter()
    const { targets } = await opened
    await targets.putMany(put)
    await targets.deleteMany(remove)
    onChange(['targets'])
  },
  changeProjects: async ({
    put = [],
    remove = [],
  }: {
    put?: readonly ProjectRecord[]
    remove?: readonly string[]
  }) => {
    check(project, put)
    await requireWriter()
    const { projects } = await opened
    await projects.putMany(put)
    await projects.deleteMany(remove)
    onChange(['projects'])
  },
})
