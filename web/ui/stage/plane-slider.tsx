import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './plane-slider.module.css'

interface PlaneSliderProps {
  /** 0-based. */
  readonly plane: number
  readonly planes: number
  readonly onPlane: (plane: number) => void
}

/** A plane is fetched when the hand rests this long, so that those which fly by are not read. Milliseconds. */
const PATIENCE = 70

/** Looks through the planes of a cube. Nothing is stored. */
export const PlaneSlider = ({ plane, planes, onPlane }: PlaneSliderProps) => {
  const { t, i18n } = useTranslation('shell')
  const [at, setAt] = useState(plane)
  useEffect(() => setAt(plane), [plane])
  useEffect(() => {
    if (at === plane) return undefined
    const timer = setTimeout(() => onPlane(at), PATIENCE)
    return () => clearTimeout(timer)
  }, [at, plane, onPlane])
  const number = (value: number) => value.toLocaleString(i18n.language)
  const text = t('stage.plane', { plane: number(at + 1), count: planes, planes: number(planes) })
  return (
    <label className={styles['slider']}>
      <input
        type="range"
        min={1}
        max={planes}
        step={1}
        value={at + 1}
        aria-label={t('stage.planes')}
        aria-valuetext={text}
        onChange={(event) => setAt(event.target.valueAsNumber - 1)}
      />
      <span aria-hidden="true">{text}</span>
    </label>
  )
}
