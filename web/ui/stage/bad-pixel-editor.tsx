import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point } from '../../core/image'
import { BAD_PIXEL_KINDS } from '../../core/master'
import { editsOf, type BadPixelMark } from '../../pipeline/bad-pixel-marks'
import { countBadPixels } from '../../science/calibration/make-bad-pixel-map'
import { badPixelColour, KINDS_SHOWN } from '../../render/bad-pixel-colours'
import { MARK_SHAPES } from '../../state/bad-pixels-slice'
import { useApp, useAppStore, useStudio } from '../kit/use-app'
import { MapChoice } from '../masters/map-choice'
import { useNightTheme } from '../viewer/use-night-theme'
import styles from './bad-pixel-editor.module.css'
import type { ShownBadPixels } from './use-bad-pixels'

interface BadPixelEditorProps {
  readonly badPixels: ShownBadPixels
  /** Marking is the tool in the hand. */
  readonly marking: boolean
  readonly onMarking: () => void
  readonly cursor: Point | null
}

/** Marks that are listed one by one; of more the latest. */
const MOST_LISTED = 4
const WIDE = 800

/** What the colours of a map of bad pixels mean and how many of each there are; marking pixels, and what is marked until it is saved. */
export const BadPixelEditor = ({ badPixels, marking, onMarking, cursor }: BadPixelEditorProps) => {
  const { t, i18n } = useTranslation('bad-pixels')
  const studio = useStudio()
  const store = useAppStore()
  const night = useNightTheme()
  const { as, shape, hidden, choose, undo, remove, drop, toggleKind } = useApp((state) => state.badPixels)
  const [open, setOpen] = useState(globalThis.innerWidth > WIDE)
  const [saving, setSaving] = useState(false)
  const { map, stored, drawn, marks } = badPixels
  const counts = map.badPixels?.counts ?? countBadPixels(stored.data)
  const number = (value: number) => value.toLocaleString(i18n.language)
  const describe = (mark: BadPixelMark): string => {
    const [columns, rows] = [mark.x, mark.y].map(([a, b]) => Math.abs(b - a) + 1)
    const values = { x: mark.x[0], y: mark.y[0], columns, rows, toX: mark.x[1], toY: mark.y[1] }
    const what =
      mark.shape === 'line'
        ? t('mark.line', values)
        : columns === 1 && rows === 1
          ? t('mark.pixel', values)
          : rows === drawn.height
            ? t('mark.column', { ...values, count: columns })
            : columns === drawn.width
              ? t('mark.row', { ...values, count: rows })
              : t('mark.box', values)
    return t(`mark.${mark.as}`, { what })
  }
  const save = async () => {
    setSaving(true)
    try {
      const edited = await studio.editBadPixels(map.id, editsOf(stored.data, stored, marks))
      const { selection, badPixels: slice, stars } = store.getState()
      drop()
      if (selection.master === map.id) selection.openMaster(edited.id)
      else slice.layOver(edited.id)
      // Who calibrates with this map wants what was just marked on it.
      if (stars.masters['bad-pixels'] === map.id) stars.chooseMaster('bad-pixels', edited.id)
    } catch (error) {
      store.getState().notices.tellError(error)
    } finally {
      setSaving(false)
    }
  }
  const listed = marks.map((mark, index) => ({ mark, index })).slice(-MOST_LISTED)
  return (
    <section className={styles['editor']} aria-label={t('title')}>
      <button type="button" className={styles['head']} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span>{t('title')}</span>
        <small>{t('any', { count: counts.any, number: number(counts.any) })}</small>
      </button>
      {open ? (
        <>
          <div className={styles['legend']} role="group" aria-label={t('legend')}>
            {KINDS_SHOWN.map((kind) => (
              <button
                key={kind}
                type="button"
                aria-pressed={!hidden.includes(kind)}
                title={t(`means.${kind}`)}
                data-kind={kind}
                data-value={BAD_PIXEL_KINDS[kind]}
                onClick={() => toggleKind(kind)}
              >
                <i style={{ background: badPixelColour(kind, night) }} aria-hidden="true" />
                <span>{t(`kind.${kind}`)}</span>
                <small>{number(counts[kind])}</small>
              </button>
            ))}
          </div>
          <div className={styles['row']}>
            <fieldset aria-label={t('markAs')}>
              {(['bad', 'good'] as const).map((each) => (
                <button
                  key={each}
                  type="button"
                  className="chip"
                  aria-pressed={marking && as === each}
                  onClick={() => {
                    choose({ as: each })
                    onMarking()
                  }}
                >
                  {t(`as.${each}`)}
                </button>
              ))}
            </fieldset>
            <select
              aria-label={t('shape')}
              value={shape}
              onChange={({ target }) => {
                const wanted = MARK_SHAPES.find((each) => each === target.value)
                if (wanted !== undefined) choose({ shape: wanted })
              }}
            >
              {MARK_SHAPES.map((each) => (
                <option key={each} value={each}>
                  {t(`shapes.${each}`)}
                </option>
              ))}
            </select>
          </div>
          <p className={styles['hint']} role="status">
            {!marking
              ? t('how')
              : cursor === null
                ? t('keys')
                : t('at', { x: cursor.x, y: cursor.y, kind: badPixels.nameAt(cursor) })}
          </p>
          {marks.length === 0 ? null : (
            <>
              <ol className={styles['marks']} aria-label={t('marks')}>
                {listed.map(({ mark, index }) => (
                  <li key={index}>
                    <span>{describe(mark)}</span>
                    <button
                      type="button"
                      aria-label={t('takeBack', { mark: describe(mark) })}
                      onClick={() => remove(index)}
                    >
                      ×
                    </button>
                  </li>
                ))}
              </ol>
              {marks.length > listed.length ? (
                <p className={styles['hint']}>{t('more', { count: marks.length - listed.length })}</p>
              ) : null}
              <div className={styles['row']}>
                <button type="button" className="chip" onClick={undo}>
                  {t('undo')}
                </button>
                <button type="button" className="chip" onClick={drop}>
                  {t('discard')}
                </button>
                <button
                  type="button"
                  className={`chip ${styles['save'] ?? ''}`}
                  disabled={saving}
                  onClick={() => void save()}
                >
                  {t('save', { count: marks.length })}
                </button>
              </div>
            </>
          )}
          <MapChoice map={map.id} />
        </>
      ) : null}
    </section>
  )
}
