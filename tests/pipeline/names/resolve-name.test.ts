import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { idleTask } from '../../../web/core/task'
import { createNameBook } from '../../../web/pipeline/names/name-book'
import { resolveName, type NameAccess } from '../../../web/pipeline/names/resolve-name'
import { DEFAULT_SERVICES } from '../../../web/core/sky-services'
import { keepServices } from '../../../web/pipeline/catalogue/service-settings'
import { openWorkspace } from '../../../web/storage/workspace'
import { startSkyServer, type SkyAnswer } from '../../support/sky-server'

const closings: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closings.splice(0)) await close()
})

let count = 0
const setUp = async (answer: SkyAnswer) => {
  const server = await startSkyServer(({ path, ...question }, response) => {
    const list = /^\/app\/names\/([\w-]+)\.json$/.exec(path)?.[1]
    return list === undefined
      ? answer({ path, ...question }, response)
      : readFileSync(new URL(`../../../public/names/${list}.json`, import.meta.url), 'utf8')
  })
  const workspace = await openWorkspace({ name: `names-${count++}` })
  closings.push(server.close, () => workspace.close())
  await keepServices(workspace, {
    ...DEFAULT_SERVICES,
    sesame: { on: true, address: `${server.address}/cgi-bin/nph-sesame/` },
  })
  const access: NameAccess = { book: createNameBook(`${server.address}/app/`), workspace }
  const questions = () => server.asked.filter(({ path }) => path.includes('sesame'))
  return { access, questions, workspace, server }
}

const ANSWER =
  '#=Sc=Simbad: 1\n%I.0 EE Cep\n%C.0 EB*\n%J 332.34477167 +55.75672444 = 22:09:22.7 +55:45:24\n%M.V 10.8\n'

test('a name of the lists is found without asking anybody, and the lists are fetched once', async () => {
  const { access, questions, server } = await setUp(() => ANSWER)
  const found = await resolveName(' m37 ', access, idleTask())
  expect(found).toMatchObject({ name: 'M 37', type: 'open cluster', magnitude: 5.6, source: 'bundled' })
  expect(found.rightAscension).toBeCloseTo(88.075, 2)
  await resolveName('HAT-P-36b', access, idleTask())
  expect(questions()).toEqual([])
  expect(server.asked.map(({ path }) => path).toSorted()).toEqual(
    ['deep-sky', 'planets', 'standards', 'stars', 'variables'].map((list) => `/app/names/${list}.json`),
  )
})

test('a place that is typed is a place, for which nothing is fetched at all', async () => {
  const { access, server } = await setUp(() => ANSWER)
  const found = await resolveName('02 04 10.2 +46 41 16', access, idleTask())
  expect(found).toMatchObject({ source: 'typed', type: null })
  expect(found.rightAscension).toBeCloseTo(31.0425, 6)
  expect(server.asked).toEqual([])
})

test('what no list has is asked of Sesame, under its name and nothing else', async () => {
  const { access, questions, server } = await setUp(() => ANSWER)
  const found = await resolveName('V* EE Cep & co', access, idleTask())
  expect(found).toMatchObject({ name: 'EE Cep', type: 'EB*', magnitude: 10.8, source: 'sesame' })
  expect(questions()[0]?.path).toBe('/cgi-bin/nph-sesame/-oI/SNV')
  expect([...questions()[0]!.query.keys()]).toEqual(['V* EE Cep & co'])
  expect(server.asked.every(({ form }) => [...form.keys()].length === 0)).toBe(true)
})

test('what nobody knows is said in words, as is a service that is off or ill', async () => {
  const { access, questions, workspace } = await setUp((question, response) => {
    if (![...question.query.keys()].includes('ill')) return '#=Sc=Simbad: 0\n#! *** Nothing found ***\n'
    response.statusCode = 502
    return ''
  })
  await expect(resolveName('xyzzy', access, idleTask())).rejects.toMatchObject({ code: 'unknown-name' })
  await expect(resolveName('ill', access, idleTask())).rejects.toMatchObject({ code: 'fetch-status' })
  await keepServices(workspace, { ...DEFAULT_SERVICES, sesame: { on: false, address: '' } })
  await expect(resolveName('xyzzy', access, idleTask())).rejects.toThrow('switched off in Settings')
  expect(questions()).toHaveLength(2)
  await expect(resolveName('   ', access, idleTask())).rejects.toMatchObject({ code: 'bad-order' })
})

test('lists that cannot be fetched are tried again the next time, and what was fetched once is kept for then', async () => {
  let up = false
  const kept = new Map<string, Response>()
  const supply = {
    fetch: (address: string | URL | Request) =>
      up
        ? Promise.resolve(
            new Response(
              readFileSync(new URL(`../../../public${new URL(address as string).pathname}`, import.meta.url)),
            ),
          )
        : Promise.reject(new TypeError('Failed to fetch')),
    openCache: () =>
      Promise.resolve({
        match: (address: string | URL | Request) => Promise.resolve(kept.get(address as string)?.clone()),
        put: (address: string | URL | Request, response: Response) => {
          kept.set(address as string, response)
          return Promise.resolve()
        },
      }),
  }
  const book = createNameBook('http://localhost/', supply)
  await expect(book.find('M 37', idleTask())).rejects.toMatchObject({ code: 'fetch-network' })
  up = true
  expect((await book.find('M 37', idleTask()))?.name).toBe('M 37')
  expect(await book.find('nothing of the kind', idleTask())).toBeNull()
  expect(kept.size).toBe(5)
  up = false
  const later = createNameBook('http://localhost/', supply)
  expect((await later.find('ngc 2682', idleTask()))?.name).toBe('M 67')
})

test('what is about a place is listed once, the brightest first, with what reaches in from outside', async () => {
  const book = createNameBook('http://localhost/', {
    fetch: (address) =>
      Promise.resolve(
        new Response(
          readFileSync(new URL(`../../../public${new URL(address as string).pathname}`, import.meta.url)),
        ),
      ),
  })
  const m37 = { rightAscension: 88.075, declination: 32.55 }
  const found = await book.around({ ...m37, radius: 0.3 }, idleTask())
  expect(found.map(({ name }) => name)).toContain('M 37')
  expect(new Set(found.map(({ name }) => name)).size).toBe(found.length)
  const magnitudes = found.map(({ magnitude }) => magnitude ?? Infinity)
  expect(magnitudes).toEqual(magnitudes.toSorted((a, b) => a - b))
  // M 31 is three degrees long: a field beside its middle shows it; and 0h is no border.
  const beside = await book.around({ rightAscension: 10.2, declination: 40.7, radius: 0.2 }, idleTask())
  expect(beside.map(({ name }) => name)).toContain('M 31')
  const over = await book.around({ rightAscension: 359.9, declination: 45.2, radius: 1 }, idleTask())
  expect(over.map(({ name }) => name)).toContain('CG And')
})
