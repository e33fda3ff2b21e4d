import { useTranslation } from 'react-i18next'
import { planesOf, type ExposureRecord } from '../../core/frame'
import type { Fact } from './card'

const SHOWN_DIGITS = 12

/** A hash whose first digits tell it from others; the whole is in the provenance and under the pointer. */
const HashValue = ({ hash }: { readonly hash: string }) => (
  <span className="mono" title={hash}>
    {hash.slice(0, SHOWN_DIGITS)}…
  </span>
)

/** What is to be said of the file that a frame came with: that it is a cube, or a plane of one, and what it was converted from. */
export const useFileFacts = (exposure: ExposureRecord): readonly Fact[] => {
  const { t, i18n } = useTranslation('inspector')
  const number = (value: number) => value.toLocaleString(i18n.language)
  const { plane, original, sha256, profile } = exposure
  const planes = planesOf(exposure)
  return [
    ...(planes > 1
      ? [{ label: t('cube.label'), value: t('cube.value', { count: planes, planes: number(planes) }) }]
      : []),
    ...(plane === undefined
      ? []
      : [
          {
            label: t('cube.plane'),
            value: t('cube.planeValue', { plane: number(plane.number), planes: number(plane.of) }),
          },
        ]),
    { label: t('readBy'), value: profile },
    ...(original === undefined
      ? []
      : [
          {
            label: t('original.label', { format: original.format }),
            value: <HashValue hash={original.sha256} />,
            note: t('original.text'),
          },
          { label: t('original.kept'), value: <HashValue hash={sha256} />, note: t('original.keptText') },
        ]),
  ]
}
