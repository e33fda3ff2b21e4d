import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Browser } from '@playwright/test'

const KIBIBYTE = 1024

/** Bytes of a process that lie in memory and in no file: what it allocated and what it shares. */
const residentBytes = (process_: number): number => {
  if (process.platform !== 'linux')
    return KIBIBYTE * Number(execFileSync('ps', ['-o', 'rss=', '-p', String(process_)], { encoding: 'utf8' }))
  const status = readFileSync(`/proc/${process_}/status`, 'utf8')
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1])
  return KIBIBYTE * (field('RssAnon') + field('RssShmem'))
}

export interface MemoryWatch {
  /** The most that all pages and their workers together held since the watch began, bytes. */
  readonly peak: number
  /** When the watch began. */
  readonly before: number
  readonly samples: number
  /** Seconds from the beginning to the peak. */
  readonly peakAt: number
}

/** Looks at the renderers of a browser every few milliseconds while `work` goes on: pages and workers live in them. */
export const watchMemory = async (
  browser: Browser,
  work: () => Promise<unknown>,
  interval = 20,
): Promise<MemoryWatch> => {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  if (renderers.length === 0) throw new Error('The browser names no process of its pages.')
  const look = (): number => renderers.reduce((sum, id) => sum + residentBytes(id), 0)
  const before = look()
  const begin = performance.now()
  let [peak, peakAt, samples] = [before, 0, 0]
  const timer = setInterval(() => {
    const now = look()
    if (now > peak) [peak, peakAt] = [now, (performance.now() - begin) / 1000]
    samples++
  }, interval)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return { peak, before, samples, peakAt }
}
