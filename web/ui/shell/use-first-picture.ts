import { useCallback, useState } from 'react'
import type { Studio } from '../../engine/studio'
import type { FilePreview } from '../../ingest/preview-file'
import type { DroppedFile } from './collect-files'

/** What is shown of a first file while it is taken in. */
export interface FirstPicture {
  readonly name: string
  /** Null until it has been read, and where the file has to be taken in first. */
  readonly preview: FilePreview | null
}

/** Files that are worth a look: whether they are what they say they are is seen when they are read. */
const isPlainFits = ({ path }: DroppedFile): boolean => /\.(?:fits|fit|fts)$/i.test(path)

/** The taking in of a file waits this long for its picture: both want the disk. Milliseconds. */
const PATIENCE = 400

const nap = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/** The picture of the first of some dropped files, at once and for as long as there is no other. */
export const useFirstPicture = (studio: Studio) => {
  const [picture, setPicture] = useState<FirstPicture | null>(null)
  const show = useCallback(
    async (files: readonly DroppedFile[]): Promise<void> => {
      const file = files.find(isPlainFits)
      if (file === undefined) return
      const name = file.path.split('/').at(-1) ?? file.path
      setPicture({ name, preview: null })
      const come = studio.preview(file.blob).then(
        (preview) => setPicture((now) => (now === null ? null : preview === null ? null : { name, preview })),
        () => setPicture(null),
      )
      await Promise.race([come, nap(PATIENCE)])
    },
    [studio],
  )
  const clear = useCallback(() => setPicture(null), [])
  return { picture, show, clear }
}
