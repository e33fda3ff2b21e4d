import { useEffect, useState } from 'react'
import type { MaskPicture } from '../../render/mask-tiles'
import { useApp, useStudio } from '../kit/use-app'

interface KnownMask {
  readonly id: string
  readonly picture: MaskPicture
}

/** The flags of the picture with this id; null while they are made, and where none are wanted. */
export const useMask = (id: string | null): MaskPicture | null => {
  const studio = useStudio()
  const tellError = useApp((state) => state.notices.tellError)
  const [known, setKnown] = useState<KnownMask | null>(null)
  useEffect(() => {
    if (id === null) {
      setKnown(null)
      return undefined
    }
    const abort = new AbortController()
    studio.pixels(id, 'mask', { signal: abort.signal }).then(
      ({ width, height, data }) => {
        if (!abort.signal.aborted) setKnown({ id, picture: { width, height, data: data as Uint8Array } })
      },
      (error: unknown) => {
        if (!abort.signal.aborted) tellError(error)
      },
    )
    return () => abort.abort()
  }, [studio, id, tellError])
  return known !== null && known.id === id ? known.picture : null
}
