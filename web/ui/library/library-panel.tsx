import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrentNight } from '../../state/current-night'
import type { FrameGroup } from '../../state/group-nights'
import { matchFrames } from '../../state/match-frames'
import { useApp } from '../kit/use-app'
import { useDoubts } from '../frame-check/use-doubts'
import { EditBar } from './edit-bar'
import { FrameList } from './frame-list'
import { PictureList } from './picture-list'
import { RejectedFiles } from './rejected-files'
import { SelectionTools } from './selection-tools'
import { StackList } from './stack-list'
import styles from './library-panel.module.css'

interface LibraryPanelProps {
  readonly current: CurrentNight
}

const describeGroup = (group: FrameGroup, kind: string): string =>
  [kind, group.filter, group.exposure === null ? null : `${group.exposure} s`]
    .filter((part) => part !== null)
    .join(' · ')

/** What there is: the night, its groups, and the frames of the group that is open. */
export const LibraryPanel = ({ current }: LibraryPanelProps) => {
  const { t, i18n } = useTranslation('library')
  const library = useApp((state) => state.library)
  const idle = useApp((state) => state.intake.progress === null)
  const selection = useApp((state) => state.selection)
  const openPanel = useApp((state) => state.panels.open)
  const failures = useApp((state) => state.orders.failures)
  const [groupKey, setGroupKey] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  const [several, setSeveral] = useState(false)
  const { night, nights } = current
  const byId = useMemo(
    () => new Map(library.exposures.map((exposure) => [exposure.id, exposure])),
    [library.exposures],
  )
  const ofNight = useMemo(
    () => (night?.groups ?? []).flatMap(({ frames }) => frames.flatMap((id) => byId.get(id) ?? [])),
    [night, byId],
  )
  const framesOfNight = useMemo(() => new Set(ofNight.map(({ id }) => id)), [ofNight])
  const checked = useDoubts(ofNight)
  const doubted = useMemo(
    () => new Set(checked.flatMap(({ doubts }) => doubts.map(({ frame }) => frame))),
    [checked],
  )
  const problems = useMemo(
    () => new Set([...failures.flatMap((failure) => failure.frame ?? []), ...doubted]),
    [failures, doubted],
  )
  if (night === null) {
    return (
      <>
        <div className={styles['night']}>
          <b>{idle ? t('emptyTitle') : t('orders:takingIn')}</b>
          <span>{t('emptyText')}</span>
        </div>
        <StackList stacks={library.stacks} frames={framesOfNight} />
        <PictureList />
        <RejectedFiles />
      </>
    )
  }
  const group = night.groups.find((candidate) => candidate.key === groupKey) ?? night.groups[0]
  const searching = search.trim() !== ''
  // What somebody looks for may be in another night; the frames of the open one come first.
  const searched = [night, ...nights.filter(({ key }) => key !== night.key)].flatMap(({ groups }) =>
    groups.flatMap(({ frames }) => frames),
  )
  const shown = (searching ? searched : (group?.frames ?? []))
    .flatMap((id) => byId.get(id) ?? [])
    .filter(matchFrames(search))
  const pressGroup = (part: FrameGroup, adding: boolean) => {
    setGroupKey(part.key)
    setSearch('')
    if (adding) selection.select([...new Set([...selection.selected, ...part.frames])])
  }
  const masters = library.masters.filter((master) => master.group.night === night.night)
  return (
    <>
      <div className={styles['night']}>
        {nights.length > 1 ? (
          <label>
            <span className="visually-hidden">{t('night')}</span>
            <select value={night.key} onChange={(event) => selection.openNight(event.target.value)}>
              {nights.map((other) => (
                <option key={other.key} value={other.key}>
                  {[t('nightOf', { night: other.night || t('unknownNight') }), other.telescope]
                    .filter(Boolean)
                    .join(' · ')}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <b>{t('nightOf', { night: night.night || t('unknownNight') })}</b>
        )}
        <span>
          {[
            night.telescope,
            t('count', { count: night.count }),
            night.hours > 0
              ? t('hours', { value: night.hours.toLocaleString(i18n.language, { maximumFractionDigits: 1 }) })
              : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <div className={styles['groups']}>
        {night.groups.map((part) => (
          <button
            key={part.key}
            type="button"
            aria-pressed={part.key === group?.key && !searching}
            onClick={(event) => pressGroup(part, event.ctrlKey || event.metaKey || event.shiftKey)}
          >
            <i className={styles['dot']} data-kind={part.kind} aria-hidden="true" />
            <span>{describeGroup(part, t(`kind.${part.kind}`))}</span>
            <em>{part.frames.length}</em>
          </button>
        ))}
        {masters.map((master) => (
          <button
            key={master.id}
            type="button"
            aria-pressed={selection.master === master.id}
            onClick={() => selection.openMaster(master.id)}
          >
            <i className={styles['dot']} data-kind="master" aria-hidden="true" />
            <span>
              {[
                t(`kind.${master.kind}`),
                master.group.filter,
                (master.badPixels?.edits ?? 0) > 0 ? t('bad-pixels:edited') : null,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <em>
              {master.badPixels === undefined
                ? t('of', { count: master.frames.length })
                : master.badPixels.counts.any.toLocaleString(i18n.language)}
            </em>
          </button>
        ))}
      </div>
      <StackList stacks={library.stacks} frames={framesOfNight} />
      <PictureList />
      <div className={styles['check']}>
        <button type="button" className="chip" onClick={() => openPanel('check')}>
          {doubted.size === 0 ? t('frame-check:title') : t('check', { count: doubted.size })}
        </button>
      </div>
      <RejectedFiles />
      <div className={styles['search']}>
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t('search')}
          aria-label={t('searchLabel')}
        />
        <SelectionTools
          shown={shown.map(({ id }) => id)}
          several={several}
          onSeveral={setSeveral}
          searching={searching}
        />
      </div>
      <FrameList
        several={several}
        exposures={shown}
        current={selection.frame}
        selected={selection.selected}
        qualities={library.qualities}
        problems={problems}
        onOpen={selection.openFrame}
        onSelect={selection.select}
      />
      <EditBar
        frames={
          selection.selected.length > 0
            ? selection.selected
            : selection.frame === null
              ? []
              : [selection.frame]
        }
      />
    </>
  )
}
