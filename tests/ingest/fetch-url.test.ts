import { describe, expect, it } from 'vitest'
import { fetchUrl, nameDownload } from '../../web/ingest'
import { isAsterismError } from '../science/fits/errors'
import { makeFrame } from '../science/fits/make-fits'
import { watchedTask } from './fake-sink'

const ORIGIN = 'https://app.example'
const answer = (response: () => Response | Promise<Response>) => ({
  fetch: () => Promise.resolve().then(response),
  origin: ORIGIN,
})
const get = (url: string, options: Parameters<typeof fetchUrl>[2]) =>
  fetchUrl(url, watchedTask().task, options)

describe('fetching an address', () => {
  it('gives name and bytes, and tells how far it is', async () => {
    const bytes = makeFrame()
    const { task, progress } = watchedTask()
    const headers = {
      'content-length': String(bytes.length),
      'content-disposition': 'attachment; filename="m 31.fits"',
    }
    const file = await fetchUrl(
      'https://data.example/get?id=7',
      task,
      answer(() => new Response(bytes, { headers })),
    )
    expect(file.path).toBe('m 31.fits')
    expect(new Uint8Array(await file.blob.arrayBuffer())).toEqual(bytes)
    expect(progress.at(-1)).toEqual({ label: 'm 31.fits', done: bytes.length, total: bytes.length })
  })

  const refuse = (): never => {
    throw new TypeError('Failed to fetch')
  }
  it.each<[string, string, () => Response, ...Parameters<typeof isAsterismError>]>([
    ['no address', 'not an address', () => new Response(), 'bad-address', 'https'],
    ['another protocol', 'ftp://data.example/a.fits', () => new Response(), 'bad-address', 'ftp:'],
    [
      'a server that allows no other page, or is away',
      'https://data.example/a.fits',
      refuse,
      'fetch-cors',
      'CORS',
    ],
    ['our own server that is away', 'https://app.example/a.fits', refuse, 'fetch-network', 'connection'],
    [
      'nothing there',
      'https://data.example/a.fits',
      () => new Response('', { status: 404 }),
      'fetch-status',
      '404',
    ],
    [
      'a login',
      'https://data.example/a.fits',
      () => new Response('', { status: 403 }),
      'fetch-status',
      'login',
    ],
    [
      'a fault',
      'https://data.example/a.fits',
      () => new Response('', { status: 503 }),
      'fetch-status',
      'Try again later',
    ],
    [
      'a page',
      'https://data.example/a.fits',
      () => new Response('<!doctype html><p>Sign in'),
      'not-fits',
      'web page',
    ],
    ['nothing', 'https://data.example/a.fits', () => new Response(''), 'empty-file', '0 bytes'],
    [
      'half of it',
      'https://data.example/a.fits',
      () => new Response(makeFrame(), { headers: { 'content-length': '99999' } }),
      'truncated',
      '5760 of 99999',
    ],
  ])('%s is explained', async (_, url, response, code, words) => {
    const origin = url === 'not an address' ? undefined : ORIGIN
    const options = {
      fetch: () => Promise.resolve().then(response),
      ...(origin === undefined ? {} : { origin }),
    }
    await expect(get(url, options)).rejects.toEqual(isAsterismError(code, words))
  })

  it('stops at the largest size, announced or not', async () => {
    const long = (headers: Record<string, string>) =>
      answer(() => new Response(new Uint8Array(5000), { headers }))
    await expect(
      get('https://data.example/a', { ...long({ 'content-length': '5000' }), maxBytes: 4000 }),
    ).rejects.toEqual(isAsterismError('too-large'))
    await expect(get('https://data.example/a', { ...long({}), maxBytes: 4000 })).rejects.toEqual(
      isAsterismError('too-large'),
    )
  })

  it('is cancelled by the signal', async () => {
    const { task, controller } = watchedTask()
    controller.abort()
    await expect(
      fetchUrl(
        'https://data.example/a',
        task,
        answer(() => new Response('x')),
      ),
    ).rejects.toMatchObject({ name: 'AbortError' })
  })

  it.each([
    ['https://a.example/x/m%2031.fits.gz?v=2', null, 'm 31.fits.gz'],
    ['https://a.example/', null, 'a.example'],
    ['https://a.example/get', "attachment; filename*=UTF-8''caf%C3%A9.fits; filename=cafe.fits", 'café.fits'],
    ['https://a.example/get', 'attachment; filename=../../etc/passwd', 'passwd'],
    ['https://a.example/get', 'inline', 'get'],
  ])('%s with %s is called %s', (url, disposition, name) => {
    expect(nameDownload(new URL(url), disposition)).toBe(name)
  })
})
