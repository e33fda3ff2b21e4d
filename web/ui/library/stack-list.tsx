import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { StackRecord } from '../../core/stack'
import { toggleBlinking } from '../../state/toggle-blinking'
import { useApp, useAppStore, useStudio } from '../kit/use-app'
import { useThumbnail } from './use-thumbnail'
import styles from './library-panel.module.css'

const StackRow = ({ stack }: { readonly stack: StackRecord }) => {
  const { t, i18n } = useTranslation('stack')
  const selection = useApp((state) => state.selection)
  const { panel, open: openPanel } = useApp((state) => state.panels)
  const store = useAppStore()
  const isOpen = selection.master === stack.id
  const canvas = useThumbnail(useStudio(), stack.id)
  const seconds = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 1 })
  return (
    <button
      type="button"
      className={styles['stack']}
      aria-pressed={isOpen}
      title={stack.name}
      onClick={() => {
        openPanel('image')
        // Pressed again, by Space too, it goes between the stack and one of its frames, as Space does elsewhere.
        if (isOpen && panel === 'image') toggleBlinking(store)
        else selection.openMaster(stack.id)
      }}
    >
      <canvas ref={canvas} width={44} height={34} aria-hidden="true" />
      <span className={styles['name']}>
        {[stack.object ?? t('noObject'), stack.filter].filter((part) => part !== null).join(' · ')}
        <small>
          {[
            t('frames', { count: stack.frames.length }),
            stack.exposure === null ? null : t('seconds', { value: seconds(stack.exposure) }),
            stack.night || null,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </small>
      </span>
    </button>
  )
}

interface StackListProps {
  readonly stacks: readonly StackRecord[]
  /** Frames of the open night: their stacks come first. */
  readonly frames: ReadonlySet<string>
}

/** Pictures made of many frames: those with a frame of the open night, and the others behind a fold. */
export const StackList = ({ stacks, frames }: StackListProps) => {
  const { t } = useTranslation('stack')
  const reduced = useApp((state) => state.library.reduced)
  const originals = useMemo(() => new Map(reduced.map(({ id, exposure }) => [id, exposure])), [reduced])
  if (stacks.length === 0) return null
  const newest = stacks.toReversed()
  const isHere = (stack: StackRecord) => stack.frames.some((id) => frames.has(originals.get(id) ?? ''))
  const here = newest.filter(isHere)
  const others = newest.filter((stack) => !isHere(stack))
  return (
    <section className={styles['stacks']} aria-label={t('stacks')}>
      <h2>{t('stacks')}</h2>
      {here.map((stack) => (
        <StackRow key={stack.id} stack={stack} />
      ))}
      {others.length === 0 ? null : (
        <details open={here.length === 0}>
          <summary>{t('ofOtherNights', { count: others.length })}</summary>
          {others.map((stack) => (
            <StackRow key={stack.id} stack={stack} />
          ))}
        </details>
      )}
    </section>
  )
}
