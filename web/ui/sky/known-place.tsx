import type { ReactNode } from 'react'
import type { FrameFacts } from '../../core/frame'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import type { FrameWcs } from '../../pipeline/astrometry/find-frame-wcs'
import { useSkyWords } from './use-sky-words'

interface KnownPlaceProps {
  readonly facts: FrameFacts
  readonly wcs: FrameWcs | null
  readonly solution: PlateSolutionRecord | null
}

/** What a frame says of its place by itself, in words: the hints that the solver will have. */
export const KnownPlace = ({ facts, wcs, solution }: KnownPlaceProps) => {
  const { t, place, number } = useSkyWords()
  const { rightAscension, declination, pixelScale, pixelSize, focalLength, object } = facts
  const lines: ReactNode[] = []
  if (solution !== null) lines.push(t('known.solved'))
  else if (wcs?.source === 'header') lines.push(t('known.header', { projection: wcs.wcs.projection ?? '–' }))
  if (rightAscension !== null && declination !== null)
    lines.push(t('known.pointing', { place: place(rightAscension, declination) }))
  else if (object !== null && object !== '') lines.push(t('known.object', { object }))
  else lines.push(t('known.noPlace'))
  if (pixelScale !== null) lines.push(t('known.scale', { scale: number(pixelScale) }))
  else if (pixelSize != null && focalLength != null)
    lines.push(t('known.optics', { pixel: number(pixelSize), focal: number(focalLength) }))
  else lines.push(t('known.noScale'))
  return (
    <ul>
      {lines.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  )
}
