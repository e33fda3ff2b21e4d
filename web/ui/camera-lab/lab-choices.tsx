import { useState } from 'react'
import { effectiveFacts } from '../../core/frame'
import { listLacks, temperaturesAgree, type CameraSet } from '../../pipeline/camera/camera-sets'
import { middleRegion } from '../../pipeline/camera/plan-camera'
import type { LabWords } from './use-lab-words'
import styles from './camera-lab.module.css'

export interface LabWish {
  readonly region: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  } | null
  readonly filter: string | null
  readonly temperature: number | null
}

interface LabChoicesProps {
  readonly sets: readonly CameraSet[]
  readonly set: CameraSet
  readonly wish: LabWish
  readonly words: LabWords
  readonly onSet: (key: string) => void
  readonly onWish: (wish: LabWish) => void
}

const KINDS = ['bias', 'dark', 'flat'] as const

const listFilters = ({ frames }: CameraSet): string[] => [
  ...new Set(frames.flat.flatMap((frame) => effectiveFacts(frame).filter ?? [])),
]

/** One temperature for each group of them. */
const listTemperatures = ({ frames }: CameraSet): number[] => {
  const found: number[] = []
  for (const frame of [...frames.bias, ...frames.dark]) {
    const { temperature } = effectiveFacts(frame)
    if (temperature !== null && !found.some((known) => temperaturesAgree(known, temperature)))
      found.push(temperature)
  }
  return found.toSorted((a, b) => a - b)
}

/** The camera, which of its frames, and where in them. What frames are missing is said before anything is measured. */
export const LabChoices = ({ sets, set, wish, words, onSet, onWish }: LabChoicesProps) => {
  const { t, camera, degrees } = words
  const middle = middleRegion(set.camera.width, set.camera.height)
  const [text, setText] = useState<Readonly<Record<string, string>>>({})
  const filters = listFilters(set)
  const temperatures = listTemperatures(set)
  const region = wish.region ?? { x: middle.left, y: middle.top, width: middle.width, height: middle.height }
  const lacks = listLacks(set)
  const changeRegion = (side: keyof typeof region, given: string) => {
    setText({ ...text, [side]: given })
    const value = Number(given)
    if (given.trim() !== '' && Number.isInteger(value) && value >= 0)
      onWish({ ...wish, region: { ...region, [side]: value } })
  }
  return (
    <>
      <div className={styles['choices']}>
        <label>
          {t('camera')}
          <select
            value={set.key}
            onChange={(event) => {
              setText({})
              onSet(event.target.value)
            }}
          >
            {sets.map(({ key, camera: each }) => (
              <option key={key} value={key}>
                {camera(each)}
              </option>
            ))}
          </select>
        </label>
        {filters.length < 2 ? null : (
          <label>
            {t('filter')}
            <select
              value={wish.filter ?? ''}
              onChange={(event) => onWish({ ...wish, filter: event.target.value || null })}
            >
              <option value="">{t('allFilters')}</option>
              {filters.map((filter) => (
                <option key={filter} value={filter}>
                  {filter}
                </option>
              ))}
            </select>
          </label>
        )}
        {temperatures.length < 2 ? null : (
          <label>
            {t('temperature')}
            <select
              value={wish.temperature ?? ''}
              onChange={(event) =>
                onWish({
                  ...wish,
                  temperature: event.target.value === '' ? null : Number(event.target.value),
                })
              }
            >
              <option value="">{t('allTemperatures')}</option>
              {temperatures.map((temperature) => (
                <option key={temperature} value={temperature}>
                  {degrees(temperature)}
                </option>
              ))}
            </select>
          </label>
        )}
        <span>
          {KINDS.map((kind) => t(`frames.${kind}`, { count: set.frames[kind].length })).join(' · ')}
        </span>
      </div>
      <details className={styles['region']}>
        <summary>
          {t(wish.region === null ? 'regionMiddle' : 'regionOwn', {
            width: region.width,
            height: region.height,
            x: region.x,
            y: region.y,
          })}
        </summary>
        <p>{t('regionText')}</p>
        <div className={styles['choices']}>
          {(['x', 'y', 'width', 'height'] as const).map((side) => (
            <label key={side}>
              {t(`side.${side}`)}
              <input
                type="number"
                min={0}
                value={text[side] ?? String(region[side])}
                onChange={(event) => changeRegion(side, event.target.value)}
              />
            </label>
          ))}
          <button
            type="button"
            className="chip"
            onClick={() => {
              setText({})
              onWish({ ...wish, region: null })
            }}
          >
            {t('middle')}
          </button>
        </div>
      </details>
      {set.subtracted === 0 ? null : (
        <p className={styles['lacks']}>{t('subtracted', { count: set.subtracted })}</p>
      )}
      {lacks.length === 0 ? null : (
        <details
          className={styles['lacks']}
          open={set.frames.flat.length === 0 || set.frames.bias.length === 0}
        >
          <summary>{t('lacks', { count: lacks.length })}</summary>
          <ul>
            {lacks.map((lack) => (
              <li key={lack}>{t(`lack.${lack}`)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
