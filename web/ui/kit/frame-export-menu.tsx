import { useTranslation } from 'react-i18next'
import { FRAME_COMPRESSIONS } from '../../core/frame-compression'
import { ExportMenu } from './export-menu'
import { useStudio } from './use-app'

interface FrameExportMenuProps {
  readonly frame: string
  /** Of the file; the frame's id where it has none. */
  readonly name: string | undefined
}

const withEnding = (name: string): string => (/\.f(?:it|its|ts)$/i.test(name) ? name : `${name}.fits`)

/** A frame as FITS: as it is, or packed one way or the other. */
export const FrameExportMenu = ({ frame, name = frame }: FrameExportMenuProps) => {
  const { t } = useTranslation('export')
  const studio = useStudio()
  return (
    <ExportMenu
      label="FITS"
      choices={FRAME_COMPRESSIONS.map((format) => ({
        format,
        label: t(`frameFormat.${format}.name`),
        hint: t(`frameFormat.${format}.hint`),
      }))}
      makeFile={async (compression) => ({
        name: compression === 'none' ? withEnding(name) : `${withEnding(name)}.fz`,
        content: await studio.exportFits(frame, { compression }),
      })}
    />
  )
}
