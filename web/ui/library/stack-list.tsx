import { useTranslation } from 'react-i18next'
import type { StackRecord } from '../../core/stack'
import { useApp, useStudio } from '../kit/use-app'
import { useThumbnail } from './use-thumbnail'
import styles from './library-panel.module.css'

const StackRow = ({ stack }: { readonly stack: StackRecord }) => {
  const { t, i18n } = useTranslation('stack')
  const selection = useApp((state) => state.selection)
  const openPanel = useApp((state) => state.panels.open)
  const canvas = useThumbnail(useStudio(), stack.id)
  const seconds = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 1 })
  return (
    <button
      type="button"
      className={styles['stack']}
      aria-pressed={selection.master === stack.id}
      title={stack.name}
      onClick={() => {
        openPanel('image')
        selection.openMaster(stack.id)
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
  if (stacks.length === 0) return null
  const newest = stacks.toReversed()
  const isHere = ({ inputs }: StackRecord) => inputs.some((input) => frames.has(input))
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
