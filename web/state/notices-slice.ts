import { toAsterismError, isAbortError } from '../core/errors'
import type { SliceAccess } from './slice-access'

export interface Notice {
  readonly id: number
  readonly tone: 'info' | 'good' | 'bad'
  /** Key in the translations and its values, or plain words that came with an error. */
  readonly key: string
  readonly values: Readonly<Record<string, string | number>>
  /** Takes back what was done; null when there is nothing to take back. */
  readonly undo: (() => void) | null
  /** Leads to what the notice speaks of: the key of its words, and what it does. */
  readonly link: { readonly key: string; readonly open: () => void } | null
}

export interface NoticesSlice {
  /** Oldest first; the page shows the last few. */
  readonly list: readonly Notice[]
  readonly tell: (notice: Partial<Omit<Notice, 'id'>> & { readonly key: string }) => void
  /** Says what went wrong; a cancelled call needs no words. */
  readonly tellError: (error: unknown) => void
  readonly dismiss: (id: number) => void
}

const MOST_NOTICES = 5
/** Milliseconds that a notice stays: long enough to read two lines and to press Undo. */
const LIFETIME = 9000

export const createNoticesSlice = ({ set }: SliceAccess<NoticesSlice>): NoticesSlice => {
  let last = 0
  const dismiss = (id: number) => set(({ list }) => ({ list: list.filter((notice) => notice.id !== id) }))
  const tell: NoticesSlice['tell'] = (notice) => {
    const id = ++last
    set(({ list }) => ({
      list: [...list, { tone: 'info' as const, values: {}, undo: null, link: null, ...notice, id }].slice(
        -MOST_NOTICES,
      ),
    }))
    setTimeout(() => dismiss(id), notice.tone === 'bad' ? 2 * LIFETIME : LIFETIME)
  }
  return {
    list: [],
    tell,
    tellError: (error) => {
      if (isAbortError(error)) return
      const { code, message } = toAsterismError(error)
      tell({ tone: 'bad', key: 'error', values: { code, message } })
    },
    dismiss,
  }
}
