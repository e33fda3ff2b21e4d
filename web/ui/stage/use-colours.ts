import { useCallback, useEffect, useMemo } from 'react'
import type { ColourPlanes } from '../../core/colour-picture'
import type { Image } from '../../core/image'
import { balanceColours, layersOf, type BalanceDone, type ColourPicture } from '../../render/colour-picture'
import { useApp, useStudio } from '../kit/use-app'
import { useFrameImages, type FrameImages } from '../viewer/use-frame-images'

export interface ShownColours {
  readonly picture: ColourPicture
  readonly planes: ColourPlanes
  /** Green, from which cuts are found: the other colours are brought to it. */
  readonly green: Image
  readonly done: BalanceDone
}

interface ColoursInput {
  /** Null where no colours are wanted, or there are none. */
  readonly id: string | null
  readonly neighbours: readonly string[]
  /** Pixels of the frame that lies under them. */
  readonly image: Image | null
}

/** Colours that were looked at stay in memory up to so many bytes. */
const KEPT_BYTES = 256 * 1024 * 1024
/** The frames around the one that is shown are made ahead where this many of them fit. */
const AHEAD = 4
const NONE: readonly string[] = []

/** The colours of the frame that is shown, balanced as a person wants them; null while they are made. The last ones stay meanwhile. */
export const useColours = ({
  id,
  neighbours,
  image,
}: ColoursInput): { readonly colours: ShownColours | null; readonly state: FrameImages['state'] } => {
  const studio = useStudio()
  const { method, balance, gains } = useApp((state) => state.colour)
  const load = useCallback(
    (frame: string, signal: AbortSignal) => studio.colours(frame, method, { signal }),
    [studio, method],
  )
  const frames = useFrameImages<ColourPlanes>(load, { maximumBytes: KEPT_BYTES })
  const { show, image: planes, state, error } = frames
  const tellError = useApp((each) => each.notices.tellError)
  useEffect(() => {
    if (error !== null) tellError(error)
  }, [error, tellError])
  const weight = 12 * (image?.data.length ?? 0)
  const ahead = AHEAD * weight > KEPT_BYTES ? NONE : neighbours
  useEffect(() => show(id, ahead), [show, id, ahead])
  // Those of a frame of another size cannot stand over this one while its own are made.
  const fits = planes !== null && planes.width === image?.width && planes.height === image.height
  const shown = fits && id !== null ? planes : null
  const colours = useMemo(() => {
    if (shown === null) return null
    const { balance: balanced, done } = balanceColours(shown, balance === 'sky' ? 'sky' : gains)
    const { width, height, level } = shown
    const picture = { width, height, level, planes: shown.planes, balance: balanced }
    const [, green] = layersOf(picture).layers
    return green === undefined ? null : { picture, planes: shown, green, done }
  }, [shown, balance, gains])
  return { colours, state }
}
