import 'fake-indexeddb/auto'
import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { rowFlagId } from '../../../web/core/row-flag'
import type { TableQuery } from '../../../web/core/table-query'
import { createTableSession, type TableSession } from '../../../web/pipeline/explore/table-session'
import { writeQueriedTable } from '../../../web/pipeline/explore/write-queried-table'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { sampleCards, sampleExposure } from '../../storage/sample-records'

const COUNT = 1000
let workspace: Workspace
let session: TableSession

beforeAll(async () => {
  workspace = await openWorkspace({ name: 'table-session' })
  await workspace.saveExposures(
    Array.from({ length: COUNT }, (_, index) => ({
      exposure: sampleExposure(`e${String(index).padStart(4, '0')}`, {
        corrections: { filter: index % 2 === 0 ? 'R' : 'V', exposure: index % 7 === 0 ? null : index },
      }),
      cards: sampleCards,
    })),
  )
  await workspace.rowFlags.put({
    id: rowFlagId('exposures', 'e0003'),
    table: 'exposures',
    row: 'e0003',
    flags: ['bad'],
    note: 'satellite',
    createdAt: 1,
  })
  session = createTableSession(workspace, () => {
    throw new Error('no table of a file is asked for here')
  })
})
afterAll(() => workspace.close())

const ask = (changes: Partial<TableQuery> = {}): TableQuery => ({
  source: 'exposures',
  version: 0,
  filter: '',
  sort: [],
  ...changes,
})
const idsOf = async (query: TableQuery, from = 0, to = 5): Promise<unknown[]> =>
  (await session.slice(query, from, to)).rows.map((row) => row['id'])

describe('a table that is asked', () => {
  it('tells its columns with units and meanings, and how many rows there are', async () => {
    const { columns, total, count, problem, cut } = await session.ask(ask())
    expect({ total, count, problem, cut }).toEqual({ total: COUNT, count: COUNT, problem: null, cut: false })
    expect(columns.find(({ name }) => name === 'exposure')).toMatchObject({ type: 'number', unit: 's' })
    expect(columns.find(({ name }) => name === 'excluded')?.type).toBe('boolean')
    expect(columns.slice(-3).map(({ name }) => name)).toEqual(['person_flags', 'person_note', 'flagged'])
  })

  it('is filtered and sorted, and gives the rows with their places in the whole', async () => {
    const query = ask({
      filter: "filter = 'V' and exposure > 990",
      sort: [{ column: 'exposure', down: true }],
    })
    expect((await session.ask(query)).count).toBe(5)
    const { rows, numbers } = await session.slice(query, 0, 10)
    expect(rows.map((row) => row['id'])).toEqual(['e0999', 'e0997', 'e0995', 'e0993', 'e0991'])
    expect([...numbers]).toEqual([999, 997, 995, 993, 991])
    expect((await session.pick(query, numbers)).map((row) => row['id'])).toEqual(await idsOf(query))
    expect(await idsOf(query, 2, 3)).toEqual(['e0995'])
  })

  it('says what is wrong with a filter and shows all rows', async () => {
    const answer = await session.ask(ask({ filter: 'exposur > 1' }))
    expect(answer.problem).toMatchObject({ code: 'unknown-column', at: 0, length: 7 })
    expect(answer.count).toBe(COUNT)
  })

  it('knows what people said, and reads anew when the workspace has changed', async () => {
    expect(await idsOf(ask({ filter: 'flagged' }))).toEqual(['e0003'])
    expect(await idsOf(ask({ filter: "'bad' in person_flags and person_note contains 'SAT'" }))).toEqual([
      'e0003',
    ])
    await workspace.rowFlags.delete(rowFlagId('exposures', 'e0003'))
    expect(await idsOf(ask({ filter: 'flagged' }))).toEqual(['e0003'])
    expect(await idsOf(ask({ filter: 'flagged', version: 1 }))).toEqual([])
  })

  it('gives columns for a plot: numbers with NaN for what is missing, texts as codes', async () => {
    const { columns, numbers } = await session.columns(ask({ filter: 'id like "e000?"' }), [
      'exposure',
      'filter',
    ])
    expect([...numbers]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(columns[0]).toEqual({
      kind: 'number',
      values: Float64Array.of(NaN, 1, 2, 3, 4, 5, 6, NaN, 8, 9),
    })
    expect(columns[1]).toEqual({
      kind: 'text',
      codes: Uint16Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1),
      names: ['R', 'V'],
    })
  })

  it('gives dates as moments, and says where there are more texts than can be told apart', async () => {
    const { columns } = await session.columns(ask(), ['dateObs', 'id', 'exposure'])
    const { rows } = await session.slice(ask(), 0, 1)
    const [dates, ids] = columns
    expect(dates?.kind).toBe('moment')
    if (dates?.kind === 'moment') expect(dates.values[0]).toBe(Date.parse(`${String(rows[0]?.['dateObs'])}Z`))
    // A thousand ids: the last place is for all that have none of their own, here for one.
    if (ids?.kind !== 'text') throw new Error('ids are texts')
    expect([ids.names.length, ids.names[998], ids.names[999], ids.codes[999]]).toEqual([
      1000,
      'e0998',
      '…',
      999,
    ])
  })

  it('groups its rows', async () => {
    const { groups, columns } = await session.group(ask(), 'filter')
    expect(groups.map(({ value, rows }) => [value, rows])).toEqual([
      ['R', 500],
      ['V', 500],
    ])
    const exposure = groups[1]?.summaries[columns.indexOf('exposure')]
    expect(exposure).toMatchObject({ min: 1, max: 999 })
  })

  it('is known by its name', async () => {
    await expect(session.ask(ask({ source: 'nonsense' }))).rejects.toMatchObject({ code: 'not-found' })
    await expect(session.ask(ask({ source: 'file:gone' }))).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is written as it stands: these rows, these columns, this order', async () => {
    const query = ask({ filter: 'exposure < 4', sort: [{ column: 'exposure', down: true }] })
    const bytes = await writeQueriedTable(session, query, { columns: ['id', 'exposure'], format: 'csv' })
    const lines = new TextDecoder()
      .decode(bytes)
      .split(/\r?\n/)
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(lines).toEqual(['id,exposure', 'e0003,3', 'e0002,2', 'e0001,1'])
  })

  it('is written with the rows that were chosen, whatever the filter', async () => {
    const wanted = { columns: ['id', 'exposure'], format: 'csv', numbers: Uint32Array.of(2, 900) } as const
    const bytes = await writeQueriedTable(session, ask({ filter: 'exposure < 4' }), wanted)
    const lines = new TextDecoder().decode(bytes).split(/\r?\n/)
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
      'id,exposure',
      'e0002,2',
      'e0900,900',
    ])
  })
})
