import { describe, expect, it, vi } from 'vitest'
import { openChangeFeed, type TableChange } from '../../web/storage/change-feed'
import { estimateStorage, requestPersistence } from '../../web/storage/estimate-storage'
import { claimWriter } from '../../web/storage/writer-lock'

const soon = (milliseconds = 60): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('the right to write', () => {
  it('belongs to one at a time and goes to the next in line', async () => {
    const name = crypto.randomUUID()
    const heard: string[] = []
    const claim = (who: string) => claimWriter((canWrite) => heard.push(`${who}:${canWrite}`), { name })
    const first = claim('first')
    expect(await first.settled).toBe(true)
    const second = claim('second')
    expect(await second.settled).toBe(false)
    const third = claim('third')
    await third.settled
    expect([first.canWrite, second.canWrite, third.canWrite]).toEqual([true, false, false])
    first.release()
    await vi.waitFor(() =>
      expect([first.canWrite, second.canWrite, third.canWrite]).toEqual([false, true, false]),
    )
    second.release()
    await vi.waitFor(() => expect(third.canWrite).toBe(true))
    third.release()
    expect(heard).toEqual(['first:true', 'second:true', 'third:true'])
  })

  it('can be taken from a tab that hangs, which is told and comes back into line', async () => {
    const name = crypto.randomUUID()
    const heard: string[] = []
    const claim = (who: string) => claimWriter((canWrite) => heard.push(`${who}:${canWrite}`), { name })
    const hanging = claim('hanging')
    await hanging.settled
    const eager = claim('eager')
    await eager.settled
    await eager.takeOver()
    await vi.waitFor(() => expect([hanging.canWrite, eager.canWrite]).toEqual([false, true]))
    eager.release()
    await vi.waitFor(() => expect([hanging.canWrite, eager.canWrite]).toEqual([true, false]))
    hanging.release()
    // Which tab hears first is the browser's affair; what each of them hears is not.
    const heardBy = (who: string) => heard.filter((line) => line.startsWith(who))
    expect(heardBy('eager')).toEqual(['eager:true'])
    expect(heardBy('hanging')).toEqual(['hanging:true', 'hanging:false', 'hanging:true'])
  })

  it('is not given to one that let go before its turn', async () => {
    const name = crypto.randomUUID()
    const first = claimWriter(() => undefined, { name })
    await first.settled
    const second = claimWriter(() => expect.unreachable(), { name })
    await second.settled
    second.release()
    first.release()
    await soon()
    const third = claimWriter(() => undefined, { name })
    expect(await third.settled).toBe(true)
    third.release()
  })
})

describe('the feed of changes', () => {
  it('tells others which tables changed, not the teller', async () => {
    const name = crypto.randomUUID()
    const heard: TableChange[] = []
    const own: TableChange[] = []
    const teller = openChangeFeed((change) => own.push(change), { name })
    const listener = openChangeFeed((change) => heard.push(change), { name })
    teller.tell({ tables: ['exposures', 'epochs'] })
    await vi.waitFor(() => expect(heard).toEqual([{ tables: ['exposures', 'epochs'] }]))
    expect(own).toEqual([])
    listener.close()
    teller.tell({ tables: ['log'] })
    await soon()
    expect(heard).toHaveLength(1)
    teller.close()
  })
})

describe('the space there is', () => {
  it('is told in bytes', async () => {
    const estimate = await estimateStorage()
    expect(estimate.quotaBytes).toBeGreaterThan(1_000_000)
    expect(estimate.usedBytes).toBeGreaterThanOrEqual(0)
    expect(typeof (await requestPersistence())).toBe('boolean')
  })
})
