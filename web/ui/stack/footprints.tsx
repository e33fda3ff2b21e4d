import { useTranslation } from 'react-i18next'
import { flattenOutlines, type FrameOutline } from '../../render/sky/frame-outline'
import styles from './stack-panel.module.css'

const SIZE = 220

/** Where the frames lie on the sky, as it is seen: north up, east to the left. */
export const Footprints = ({ outlines }: { readonly outlines: readonly FrameOutline[] }) => {
  const { t, i18n } = useTranslation('stack')
  const flat = flattenOutlines(outlines)
  if (flat === null || !(flat.width > 0 && flat.height > 0)) return null
  const margin = 0.08 * Math.max(flat.width, flat.height)
  const [width, height] = [flat.width + 2 * margin, flat.height + 2 * margin]
  const scale = SIZE / Math.max(width, height)
  const angle = (degrees: number) =>
    degrees >= 1
      ? `${degrees.toLocaleString(i18n.language, { maximumFractionDigits: 2 })}°`
      : `${(60 * degrees).toLocaleString(i18n.language, { maximumFractionDigits: 1 })}′`
  const words = t('panel.footprints', {
    count: flat.outlines.length,
    width: angle(flat.width),
    height: angle(flat.height),
  })
  return (
    <figure className={styles['footprints']}>
      <svg
        viewBox={`${(flat.left - margin) * scale} ${(flat.top - margin) * scale} ${width * scale} ${height * scale}`}
        width={width * scale}
        height={height * scale}
        role="img"
        aria-label={words}
      >
        {flat.outlines.map((outline, index) => (
          <polygon key={index} points={outline.map(([x, y]) => `${x * scale},${y * scale}`).join(' ')} />
        ))}
      </svg>
      <figcaption>{words}</figcaption>
    </figure>
  )
}
