import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AsterismError } from '../../core/errors'
import type { ExposureRecord } from '../../core/frame'
import type { Point } from '../../core/image'
import { BAD_PIXEL_KINDS, type BadPixelKind, type MasterRecord } from '../../core/master'
import type { CalibrationRecipe } from '../../core/reduced'
import { applyTransform, IDENTITY_TRANSFORM, type Transform } from '../../core/transform'
import {
  CLEARED_PIXEL,
  countMarked,
  drawMarks,
  MOST_MARKED_PIXELS,
  type BadPixelMark,
} from '../../pipeline/bad-pixel-marks'
import { findMapPlace } from '../../pipeline/find-map-place'
import { makeBadPixelTable } from '../../render/bad-pixel-colours'
import type { MaskPicture } from '../../render/mask-tiles'
import { useApp, useStudio } from '../kit/use-app'
import type { ValueLayer } from '../viewer/use-mask-layer'
import type { ShownFrame } from './choose-shown'

const KINDS = Object.keys(BAD_PIXEL_KINDS) as BadPixelKind[]
const NO_MARKS: readonly BadPixelMark[] = []

interface BadPixelsInput {
  readonly shown: ShownFrame | null
  readonly exposure: ExposureRecord | null
  /** How the frame is calibrated, or will be. */
  readonly calibration: Pick<CalibrationRecipe, 'raw' | 'channel'>
}

/** A map of bad pixels with what is marked on it, as it lies on what is shown. */
export interface ShownBadPixels {
  readonly map: MasterRecord
  /** The map as it is stored. */
  readonly stored: MaskPicture
  /** With the marks that are not saved yet. */
  readonly drawn: MaskPicture
  readonly marks: readonly BadPixelMark[]
  readonly layer: ValueLayer
  /** Pixels of what is shown to those of the map. */
  readonly toMap: Transform
  readonly nameAt: (pixel: Point) => string
  /** Marks pixels that lie between two places of what is shown. */
  readonly mark: (from: Point, to: Point, as?: BadPixelMark['as']) => void
  /** The same as a mark that is not made. */
  readonly findMark: (from: Point, to: Point) => BadPixelMark
}

/** Values of a map, read once for each. */
const useStoredMap = (map: MasterRecord | null): MaskPicture | null => {
  const studio = useStudio()
  const tellError = useApp((state) => state.notices.tellError)
  const [known, setKnown] = useState<{ readonly id: string; readonly picture: MaskPicture } | null>(null)
  const id = map?.id ?? null
  useEffect(() => {
    if (id === null) return undefined
    const abort = new AbortController()
    studio.pixels(id, 'data', { signal: abort.signal }).then(
      ({ width, height, data }) => {
        if (!abort.signal.aborted) setKnown({ id, picture: { width, height, data: Uint8Array.from(data) } })
      },
      (error: unknown) => {
        if (!abort.signal.aborted) tellError(error)
      },
    )
    return () => abort.abort()
  }, [studio, id, tellError])
  return known !== null && known.id === id ? known.picture : null
}

/** Maps that fit the frame that is shown, and the one that is shown or laid over it. */
export const useBadPixels = ({
  shown,
  exposure,
  calibration,
}: BadPixelsInput): { readonly maps: readonly MasterRecord[]; readonly badPixels: ShownBadPixels | null } => {
  const { t } = useTranslation('bad-pixels')
  const masters = useApp((state) => state.library.masters)
  const { overlay, map: marked, marks: allMarks, as, shape, hidden, add } = useApp((state) => state.badPixels)
  const tellError = useApp((state) => state.notices.tellError)
  const fitting = useMemo(
    () =>
      exposure === null || shown?.exposure == null
        ? []
        : masters.flatMap((map) => {
            const place = map.kind === 'master-bad-pixels' ? findMapPlace(map, exposure, calibration) : null
            return place === null ? [] : [{ map, place }]
          }),
    [masters, exposure, shown?.exposure, calibration],
  )
  const own = masters.find(({ id, kind }) => kind === 'master-bad-pixels' && id === shown?.id) ?? null
  const laid = fitting.find(({ map }) => map.id === overlay) ?? null
  const map = own ?? laid?.map ?? null
  const toMap =
    own !== null || laid === null
      ? IDENTITY_TRANSFORM
      : laid.place[shown?.stage === 'raw' ? 'raw' : 'calibrated']
  const stored = useStoredMap(map)
  const marks = marked === map?.id ? allMarks : NO_MARKS
  const drawn = useMemo(
    () => (stored === null ? null : { ...stored, data: drawMarks(stored.data, stored, marks) }),
    [stored, marks],
  )
  const colours = useCallback((night: boolean) => makeBadPixelTable(hidden, CLEARED_PIXEL, night), [hidden])
  const badPixels = useMemo((): ShownBadPixels | null => {
    if (map === null || stored === null || drawn === null) return null
    const nameAt = ({ x, y }: Point): string => {
      if (x < 0 || y < 0 || x >= drawn.width || y >= drawn.height) return ''
      const value = drawn.data[y * drawn.width + x] ?? 0
      if (value === CLEARED_PIXEL) return t('cleared')
      const kinds = KINDS.filter((kind) => (value & BAD_PIXEL_KINDS[kind]) !== 0)
      return kinds.length === 0 ? t('good') : kinds.map((kind) => t(`kind.${kind}`)).join(', ')
    }
    // A pixel of one colour stands for two by two: from the outer edge of one to that of the other.
    const spread = (a: number, b: number, to: (value: number) => number): [number, number] => {
      const [low, high] = [Math.min(Math.round(a), Math.round(b)), Math.max(Math.round(a), Math.round(b))]
      return [Math.round(to(low - 0.5) + 0.5), Math.round(to(high + 0.5) - 0.5)]
    }
    const findMark = (from: Point, to: Point): BadPixelMark => {
      if (shape === 'line') {
        const [first, last] = [applyTransform(toMap, from), applyTransform(toMap, to)]
        return {
          as,
          shape: 'line',
          x: [Math.round(first.x), Math.round(last.x)],
          y: [Math.round(first.y), Math.round(last.y)],
        }
      }
      const x = spread(from.x, to.x, (value) => toMap.a * value + toMap.c)
      const y = spread(from.y, to.y, (value) => toMap.e * value + toMap.f)
      return {
        as,
        shape: 'box',
        x: shape === 'row' ? [0, drawn.width - 1] : x,
        y: shape === 'column' ? [0, drawn.height - 1] : y,
      }
    }
    return {
      map,
      stored,
      drawn,
      marks,
      toMap,
      nameAt,
      findMark,
      mark: (from, to, wanted = as) => {
        const made = { ...findMark(from, to), as: wanted }
        const count = countMarked(made, drawn)
        if (count === 0) return
        if (marks.reduce((sum, each) => sum + countMarked(each, drawn), count) > MOST_MARKED_PIXELS)
          tellError(
            new AsterismError(
              'bad-order',
              `More than ${MOST_MARKED_PIXELS} pixels are marked. Save what is marked first, or mark less.`,
            ),
          )
        else add(map.id, made)
      },
      layer: {
        picture: drawn,
        colours,
        toPicture: toMap,
        nameAt: (point) => {
          const at = applyTransform(toMap, point)
          return nameAt({ x: Math.round(at.x), y: Math.round(at.y) })
        },
      },
    }
  }, [map, stored, drawn, marks, toMap, colours, as, shape, add, tellError, t])
  return { maps: useMemo(() => fitting.map((each) => each.map), [fitting]), badPixels }
}
