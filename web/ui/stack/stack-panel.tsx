import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { effectiveFacts } from '../../core/frame'
import { foreseeStack, type FrameToStack } from '../../pipeline/stack/foresee-stack'
import { fillStackChoices } from '../../pipeline/stack/stack-choices'
import type { CurrentNight } from '../../state/current-night'
import { chooseStack, makeStack } from '../../state/order-stack'
import { useApp, useAppStore } from '../kit/use-app'
import { CombineStackFields } from './combine-stack-fields'
import { Footprints } from './footprints'
import { LayFields } from './lay-fields'
import { LimitFields } from './limit-fields'
import { StackForecastList } from './stack-forecast'
import { SwitchField } from './stack-field'
import { StackPicker } from './stack-picker'
import { usePlaces } from './use-places'
import { useStackCandidates, type StackCandidates } from './use-stack-candidates'
import styles from './stack-panel.module.css'

const NONE: readonly never[] = []

/** The frames that somebody ticked, else those of the open night in the filter that has no stack yet. */
const usePicked = (
  current: CurrentNight,
  candidates: readonly StackCandidates[],
): { readonly group: StackCandidates | null; readonly picked: ReadonlySet<string> } => {
  const chosen = useApp((state) => state.stacks.picked)
  return useMemo(() => {
    const proposed =
      current.filterGroups.find(({ stack }) => stack === null) ?? current.filterGroups[0] ?? null
    const wanted = chosen ?? proposed?.frames ?? NONE
    const first = wanted[0]
    const group =
      candidates.find(({ lights }) => lights.some(({ id }) => id === first)) ??
      candidates.find(({ key }) => key === proposed?.key) ??
      candidates[0] ??
      null
    return { group, picked: new Set(wanted) }
  }, [chosen, current.filterGroups, candidates])
}

/** Frames of one object and filter into one picture: which, how they are laid on one another and combined, and what will come of it. */
export const StackPanel = ({ current }: { readonly current: CurrentNight }) => {
  const { t } = useTranslation('stack')
  const store = useAppStore()
  const { choices, change, reset, pick } = useApp((state) => state.stacks)
  const mixed = choices.mixFilters === true
  const candidates = useStackCandidates(mixed)
  const { group, picked } = usePicked(current, candidates)
  const { canWrite, qualities, reduced } = useApp((state) => state.library)
  const solutions = useApp((state) => state.sky.solutions)
  const running = useApp((state) => state.orders.progress !== null)
  const openPanel = useApp((state) => state.panels.open)
  const lights = group?.lights ?? NONE
  const places = usePlaces(lights, true)
  const calibrated = useMemo(
    () => new Set(reduced.flatMap(({ stage, exposure }) => (stage === 'calibrated' ? [exposure] : []))),
    [reduced],
  )
  const known = useMemo(
    () =>
      new Map(
        lights.map((light): [string, FrameToStack] => {
          const { filter, exposure } = effectiveFacts(light)
          const place = places.get(light.id)
          const quality = qualities.get(light.id)
          const { id, width, height } = light
          return [
            id,
            {
              id,
              filter,
              exposure,
              width,
              height,
              calibrated: calibrated.has(id),
              placed: place === undefined ? null : place !== null,
              fwhm: quality?.fwhm ?? null,
              stars: quality?.starCount ?? null,
            },
          ]
        }),
      ),
    [lights, places, qualities, calibrated],
  )
  const ticked = useMemo(() => lights.flatMap(({ id }) => (picked.has(id) ? [id] : [])), [lights, picked])
  const frames = useMemo(() => ticked.flatMap((id) => known.get(id) ?? []), [ticked, known])
  const parameters = useMemo(
    () => fillStackChoices(chooseStack({ solutions, choices }, ticked)),
    [solutions, choices, ticked],
  )
  const forecast = useMemo(() => foreseeStack(frames, parameters), [frames, parameters])
  const leftOut = useMemo(() => new Map(forecast.leftOut.map((each) => [each.id, each])), [forecast])
  const outlines = useMemo(
    () => ticked.map((id) => places.get(id) ?? null).filter((outline) => outline !== null),
    [ticked, places],
  )
  const unplaced = frames.filter(({ placed }) => placed === false).length
  const isMixable =
    mixed || candidates.some(({ object, key }) => object === group?.object && key !== group.key)
  const mix = (wanted: boolean) => {
    change({ mixFilters: wanted })
    const { object } = group ?? { object: null }
    // What is asked for is the frames of all filters; and one filter again when it is taken back.
    pick(
      wanted
        ? candidates.flatMap((each) => (each.object === object ? each.lights.map(({ id }) => id) : []))
        : null,
    )
  }
  const disabled = !canWrite
  const name = (each: StackCandidates) =>
    [each.object ?? t('noObject'), mixed ? each.filters.join(' + ') : each.filter]
      .filter((part) => part !== null)
      .join(' · ')
  return (
    <section className={styles['panel']} aria-label={t('panel.title')}>
      <header className={styles['head']}>
        <h2>{t('panel.title')}</h2>
        <p>{t('panel.text')}</p>
        <div className={styles['actions']}>
          <button
            type="button"
            className="do"
            disabled={disabled || running || forecast.used.length === 0 || forecast.refused}
            onClick={() => void makeStack(store.getState(), ticked)}
          >
            {t('panel.stack', { count: forecast.used.length })}
          </button>
          <button
            type="button"
            className="ghost"
            disabled={disabled || Object.keys(choices).length === 0}
            onClick={reset}
          >
            {t('panel.reset')}
          </button>
          <button type="button" className="ghost" onClick={() => openPanel('calibration')}>
            {t('panel.calibration')}
          </button>
        </div>
      </header>
      {group === null ? (
        <p role="status">{t('panel.noLights')}</p>
      ) : (
        <>
          <section aria-label={t('panel.frames')}>
            <h3>{t('panel.frames')}</h3>
            <div className={styles['groups']} role="group" aria-label={t('panel.groups')}>
              {candidates.map((each) => (
                <button
                  key={each.key}
                  type="button"
                  className="chip"
                  aria-pressed={each.key === group.key}
                  onClick={() => pick(each.lights.map(({ id }) => id))}
                >
                  {name(each)} <em>{each.lights.length}</em>
                </button>
              ))}
            </div>
            {isMixable ? (
              <SwitchField id="mixFilters" value={mixed} disabled={disabled} onChange={mix} />
            ) : null}
            <StackPicker
              lights={group.lights}
              picked={picked}
              known={known}
              leftOut={leftOut}
              disabled={disabled}
              onPick={pick}
            />
          </section>
          <section aria-label={t('panel.limits')}>
            <h3>{t('panel.limits')}</h3>
            <LimitFields
              parameters={parameters}
              frames={frames}
              leftOut={leftOut}
              disabled={disabled}
              onChange={change}
            />
          </section>
          <section aria-label={t('panel.lay')}>
            <h3>{t('panel.lay')}</h3>
            <LayFields parameters={parameters} unplaced={unplaced} disabled={disabled} onChange={change} />
            {outlines.length === 0 ? null : <Footprints outlines={outlines} />}
          </section>
          <section aria-label={t('panel.combine')}>
            <h3>{t('panel.combine')}</h3>
            <CombineStackFields parameters={parameters} disabled={disabled} onChange={change} />
          </section>
          <section aria-label={t('panel.willDo')}>
            <h3>{t('panel.willDo')}</h3>
            <StackForecastList forecast={forecast} />
          </section>
        </>
      )}
    </section>
  )
}
