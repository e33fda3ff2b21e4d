import { AsterismError } from '../../core/errors'
import { DEFAULT_SERVICES, SKY_SERVICES, type SkyServices } from '../../core/sky-services'
import { z } from '../../core/validation'
import type { Workspace } from '../../storage/workspace'

/** Whether the net is asked is a matter of this browser, and does not travel with a project. */
const SERVICES_SETTING = 'local-sky-services'

const LONGEST_ADDRESS = 500

/** The policy of the page lets it ask these and no others. */
const mayBeAsked = (text: string): boolean => {
  let address: URL
  try {
    address = new URL(text)
  } catch {
    return false
  }
  const { protocol, hostname } = address
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname))
}

const service = z.object({
  on: z.boolean(),
  address: z.string().max(LONGEST_ADDRESS).refine(mayBeAsked, {
    message: 'the address has to begin with https://, or be one of this machine',
  }),
})
const schema = z.object({ vizier: service, gaia: service, sesame: service })

/** What was stored once is checked as anything else: a setting that is none is as if it were not there. */
export const readServices = async (workspace: Pick<Workspace, 'settings'>): Promise<SkyServices> => {
  const stored = schema.safeParse((await workspace.settings.get(SERVICES_SETTING))?.value)
  return stored.success ? stored.data : DEFAULT_SERVICES
}

/** Keeps what a person says of the services; an empty address is the usual one. Throws where one cannot be asked. */
export const keepServices = async (
  workspace: Pick<Workspace, 'settings'>,
  services: SkyServices,
): Promise<SkyServices> => {
  const filled = Object.fromEntries(
    SKY_SERVICES.map((name) => {
      const { on, address } = services[name]
      const trimmed = address.trim()
      return [name, { on, address: trimmed === '' ? DEFAULT_SERVICES[name].address : trimmed }]
    }),
  )
  const read = schema.safeParse(filled)
  if (!read.success) {
    const name = String(read.error.issues[0]?.path[0] ?? '')
    throw new AsterismError(
      'bad-address',
      `The address of ${name} cannot be used: ${read.error.issues[0]?.message ?? ''}. Correct it, or leave it empty for the usual one.`,
      { service: name },
    )
  }
  await workspace.settings.put({ id: SERVICES_SETTING, value: read.data })
  return read.data
}
