import { AsterismError } from '../../core/errors'
import type { SkyServices } from '../../core/sky-services'
import type { Table } from '../../core/table'
import type { Task } from '../../core/task'
import type { CatalogueSource, SourceTable } from '../../science/catalogue/catalogue-sources'
import { buildAsuQuery, buildTapForm, type CatalogueRequest } from '../../science/catalogue/catalogue-request'
import { takeStars, type CatalogueStars } from '../../science/catalogue/catalogue-stars'
import { readReply } from '../../science/catalogue/read-reply'
import { searchCone, type Cone } from '../../science/catalogue/search-cone'
import { readAsu } from '../../science/tables/read-asu'
import { readVotable } from '../../science/tables/read-votable'
import { readVotableStatus } from '../../science/tables/read-votable-status'
import { fetchReply, type Fetch, type Reply } from './fetch-reply'

/** Rows that are asked for at most: some 10 MB as VOTable. */
export const MOST_ROWS = 50_000

export interface ServiceAnswer {
  readonly stars: CatalogueStars
  /** Whether there are fainter stars in the cone than were given. */
  readonly cut: boolean
  /** Host that answered. */
  readonly service: string
  readonly notes: readonly string[]
}

export interface ServiceQuestion {
  readonly source: CatalogueSource
  readonly cone: Cone
  readonly faintest: number | null
  readonly most: number
}

const failed = (host: string, message: string): AsterismError =>
  new AsterismError(
    'service-failed',
    `${host} refuses the question: ${message || 'it does not say why'}. Ask for a smaller field, or choose another catalogue.`,
    { host },
  )

const refuseStatus = (host: string, status: number): AsterismError =>
  new AsterismError(
    'fetch-status',
    `${host} answered ${status}. ${
      status === 429
        ? 'It asks to be left alone for a while: try again in some minutes.'
        : status >= 500
          ? 'The service has a fault: try again later.'
          : 'Check the address in Settings.'
    }`,
    { host, status },
  )

const looksLikePage = (bytes: Uint8Array): boolean =>
  /^\s*(?:<!doctype html|<html)/i.test(new TextDecoder().decode(bytes.subarray(0, 200)))

const readTap = ({ bytes, status }: Reply, host: string): Table => {
  // A page in place of an answer: the service is down, or the net wants a login first.
  if (looksLikePage(bytes)) {
    if (status >= 400) throw refuseStatus(host, status)
    throw new AsterismError(
      'service-failed',
      `${host} answered with a web page. It may be closed for maintenance, or this net wants a login first: open it in a browser to see.`,
      { host },
    )
  }
  const said = readVotableStatus(bytes)
  if (said.status === 'ERROR') throw failed(host, said.message)
  if (status >= 400) throw refuseStatus(host, status)
  const table = readVotable(bytes)[0]
  if (table === undefined) throw failed(host, said.message)
  return table
}

const emptyTable = (from: SourceTable): Table => ({
  name: null,
  rowCount: 0,
  columns: [from.rightAscension, from.declination, from.bands[0].magnitude].map(({ name }) => ({
    name,
    type: 'float64',
    unit: null,
    description: '',
    shape: [],
    cell: () => null,
  })),
})

const askTable = async (
  request: CatalogueRequest,
  address: string,
  task: Task,
  fetch: Fetch | undefined,
): Promise<Table> => {
  const { host, pathname } = new URL(address)
  const options = { label: host, ...(fetch === undefined ? {} : { fetch }) }
  if (!pathname.endsWith('asu-tsv'))
    return readTap(await fetchReply(address, task, { ...options, form: buildTapForm(request) }), host)
  const url = new URL(address)
  url.search = buildAsuQuery(request).toString()
  const reply = await fetchReply(url.href, task, options)
  if (reply.status >= 400) throw refuseStatus(host, reply.status)
  return readAsu(reply.bytes) ?? emptyTable(request.table)
}

const askOne = async (
  { source, cone, faintest, most }: ServiceQuestion,
  from: SourceTable,
  address: string,
  asking: { readonly task: Task; readonly fetch: Fetch | undefined },
): Promise<ServiceAnswer> => {
  const { host } = new URL(address)
  // One more than is wanted, which tells whether there are more.
  const request: CatalogueRequest = { table: from, cone, faintest, most: most + 1 }
  const notes: string[] = []
  let table: Table
  try {
    table = await askTable(request, address, asking.task, asking.fetch)
  } catch (error) {
    // Services rename columns now and then: places and magnitudes alone are better than nothing.
    if (!(error instanceof AsterismError) || error.code !== 'service-failed') throw error
    if (!/column|unknown|unresolved|identif/i.test(error.message)) throw error
    table = await askTable({ ...request, plain: true }, address, asking.task, asking.fetch)
    notes.push(`${host} has other columns than expected: positions and magnitudes alone were taken.`)
  }
  if (table.rowCount > most + 1)
    throw new AsterismError(
      'too-large',
      `${host} answered with ${table.rowCount} rows where ${most + 1} were asked for. Ask for a smaller field.`,
      { host, rows: table.rowCount },
    )
  const { stars, left } = readReply(table, source, from)
  if (left > 0) notes.push(`${left} rows of ${source.title} have no place in the sky and are left out.`)
  const inside = searchCone(stars, { ...cone, radius: cone.radius * 1.001 + 1e-4 })
  const strays = stars.rightAscension.length - inside.rightAscension.length
  if (strays > 0) notes.push(`${strays} rows of ${source.title} lie outside of the field and are left out.`)
  const cut = table.rowCount > most
  // They come brightest first.
  const kept = cut
    ? takeStars(
        inside,
        Array.from({ length: Math.min(most, inside.magnitude.length) }, (_, at) => at),
      )
    : inside
  return { stars: kept, cut, service: host, notes }
}

/** Asks the services that have a catalogue, one after the other, until one answers. Throws what the first one said where none does. */
export const askServices = async (
  question: ServiceQuestion,
  services: SkyServices,
  task: Task,
  fetch?: Fetch,
): Promise<ServiceAnswer> => {
  const { source } = question
  const open = source.tables.filter(({ service }) => services[service].on)
  if (open.length === 0)
    throw new AsterismError(
      'service-off',
      `${source.title} comes from a service that is switched off. Switch it on in Settings.`,
      { catalogue: source.id },
    )
  let firstError: AsterismError | null = null
  for (const from of open) {
    try {
      const answer = await askOne(question, from, services[from.service].address, { task, fetch })
      return firstError === null
        ? answer
        : {
            ...answer,
            notes: [...answer.notes, `${firstError.message} ${answer.service} was asked instead.`],
          }
    } catch (error) {
      if (!(error instanceof AsterismError)) throw error
      firstError ??= error
    }
  }
  throw firstError ?? new AsterismError('unexpected', `${source.title} was asked for in vain.`)
}
