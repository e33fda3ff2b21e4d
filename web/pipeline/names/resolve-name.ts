import { AsterismError } from '../../core/errors'
import type { ResolvedName } from '../../core/resolved-name'
import type { Task } from '../../core/task'
import { z } from '../../core/validation'
import { readSesame } from '../../science/names/read-sesame'
import type { Workspace } from '../../storage/workspace'
import { fetchReply, type Fetch } from '../catalogue/fetch-reply'
import { readServices } from '../catalogue/service-settings'
import type { NameBook } from './name-book'

const LONGEST_NAME = 200
/** Its answers are some kilobytes. */
const MOST_BYTES = 2 ** 20
const TIMEOUT = 20_000

/** Programs ask too, and may hand over anything. */
const wish = z.string().trim().min(1).max(LONGEST_NAME)

export interface NameAccess {
  readonly book: NameBook
  readonly workspace: Pick<Workspace, 'settings'>
  readonly fetch?: Fetch
}

const unknown = (name: string, hint: string): AsterismError =>
  new AsterismError('unknown-name', `Nobody knows where "${name}" is. ${hint}`, { name })

const askSesame = async (
  name: string,
  { workspace, fetch }: NameAccess,
  task: Task,
): Promise<ResolvedName> => {
  const { sesame } = await readServices(workspace)
  if (!sesame.on)
    throw unknown(
      name,
      'It is not in the lists that come with the app, and the name service is switched off in Settings. Type its coordinates instead.',
    )
  const base = new URL(sesame.address)
  // Plain answer with other names, from SIMBAD first, then NED, then VizieR.
  const address = `${base.origin}${base.pathname.replace(/\/$/, '')}/-oI/SNV?${encodeURIComponent(name)}`
  const reply = await fetchReply(address, task, {
    label: base.host,
    timeout: TIMEOUT,
    maxBytes: MOST_BYTES,
    ...(fetch === undefined ? {} : { fetch }),
  })
  if (reply.status >= 400)
    throw new AsterismError(
      'fetch-status',
      `${base.host} answered ${reply.status}. Try again later, or type the coordinates.`,
      { host: base.host, status: reply.status },
    )
  const found = readSesame(new TextDecoder().decode(reply.bytes))
  if (found === null) throw unknown(name, 'Check how it is written, or type its coordinates.')
  return found.name === '' ? { ...found, name } : found
}

/**
 * Where something is: a place that was typed, a name of the lists that come with the app, or what Sesame knows. The service is asked only
 * where the lists do not have the name, a person or an order asked for it, and it is switched on.
 */
export const resolveName = async (name: string, access: NameAccess, task: Task): Promise<ResolvedName> => {
  const wanted = wish.safeParse(name).data
  if (wanted === undefined)
    throw new AsterismError('bad-order', `A name has 1 to ${LONGEST_NAME} characters.`)
  return (await access.book.find(wanted, task)) ?? (await askSesame(wanted, access, task))
}
