import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CompositePreview } from '../../pipeline/composite/preview-composite'
import type { PosterContent, PosterSize } from '../../render/draw-poster'
import { formatDeclination, formatRightAscension } from '../../science/astrometry/sexagesimal'
import { degrees } from '../../core/units'
import { Modal } from '../kit/modal'
import { saveFile } from '../kit/save-file'
import { useApp, useStudio } from '../kit/use-app'
import { makePosterPdf, makePosterPng, paintPoster, type PosterMatter } from './make-poster'
import styles from './poster-dialog.module.css'

interface PosterDialogProps {
  /** Id of the kept picture. */
  readonly picture: string
  readonly preview: CompositePreview
  readonly title: string
  readonly credit: string
  readonly onClose: () => void
}

/** Pixels along the longer side of what is seen in the dialog. */
const PREVIEW = 760

/** A picture as a poster for a wall: paper, words, and how it will look. */
export const PosterDialog = ({ picture, preview, title, credit, onClose }: PosterDialogProps) => {
  const { t, i18n } = useTranslation('colour-picture')
  const studio = useStudio()
  const tellError = useApp((state) => state.notices.tellError)
  const [size, setSize] = useState<PosterSize>('a3')
  const [landscape, setLandscape] = useState(preview.width > preview.height)
  const [words, setWords] = useState({
    title,
    subtitle: preview.object !== null && preview.object !== title ? preview.object : '',
    place: '',
    credit,
  })
  const [bitmap, setBitmap] = useState<ImageBitmap | null>(null)
  const [busy, setBusy] = useState(false)
  const sheet = useRef<HTMLCanvasElement>(null)

  useEffect(() => {
    let gone = false
    studio
      .exportPicture(picture, { format: 'png' })
      .then((blob) => createImageBitmap(blob))
      .then((made) => {
        if (gone) made.close()
        else setBitmap(made)
      })
      .catch(tellError)
    return () => {
      gone = true
    }
  }, [studio, picture, tellError])

  const content = useMemo((): PosterContent => {
    const { sky, labels, telescope, instrument, dateObs, width, height } = preview
    const number = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 1 })
    const side = (pixels: number): string => (sky === null ? '' : number((pixels * sky.scale) / 60))
    const exposures = labels.map(({ filter, name, exposure }) =>
      exposure === null ? (filter ?? name) : `${filter ?? name} ${number(exposure)} s`,
    )
    const facts = [
      { label: t('posterFact.field'), text: sky === null ? '' : `${side(width)}′ × ${side(height)}′` },
      {
        label: t('posterFact.position'),
        text:
          sky === null
            ? ''
            : `${formatRightAscension(degrees(sky.rightAscension), 0)} ${formatDeclination(degrees(sky.declination), 0)}`,
      },
      { label: t('posterFact.filters'), text: exposures.join(', ') },
      {
        label: t('posterFact.telescope'),
        text: [telescope, instrument].filter((part) => part !== '').join(', '),
      },
      {
        label: t('posterFact.date'),
        text:
          dateObs === null
            ? ''
            : new Date(`${dateObs.slice(0, 10)}T00:00:00Z`).toLocaleDateString(i18n.language, {
                dateStyle: 'long',
                timeZone: 'UTC',
              }),
      },
      { label: t('posterFact.place'), text: words.place },
    ].filter(({ text }) => text !== '')
    return {
      title: words.title,
      subtitle: words.subtitle,
      facts,
      credit: words.credit,
      sky,
      northLetter: t('north'),
      eastLetter: t('east'),
    }
  }, [preview, words, t, i18n.language])

  const matter = useMemo(
    (): PosterMatter | null => (bitmap === null ? null : { picture: bitmap, content, size, landscape }),
    [bitmap, content, size, landscape],
  )

  useEffect(() => {
    if (sheet.current !== null && matter !== null) paintPoster(sheet.current, matter, PREVIEW)
  }, [matter])

  const save = async (format: 'png' | 'pdf'): Promise<void> => {
    if (matter === null) return
    setBusy(true)
    try {
      const file = await (format === 'png' ? makePosterPng(matter) : makePosterPdf(matter))
      saveFile(`${words.title || 'poster'}-${size}.${format}`, file)
    } catch (error) {
      tellError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open title={t('poster')} onClose={onClose} wide>
      <div className={styles['poster']}>
        <div className={styles['sheet']}>
          {bitmap === null ? <p role="status">{t('making')}</p> : null}
          <canvas
            ref={sheet}
            role="img"
            aria-label={t('posterLabel', { title: words.title })}
            hidden={bitmap === null}
          />
        </div>
        <div className={styles['fields']}>
          <label>
            {t('paper')}
            <select
              value={`${size}-${landscape ? 'landscape' : 'portrait'}`}
              onChange={({ target }) => {
                const [chosen, way] = target.value.split('-')
                setSize(chosen === 'a4' || chosen === 'a2' ? chosen : 'a3')
                setLandscape(way === 'landscape')
              }}
            >
              {(['a4', 'a3', 'a2'] as const).flatMap((each) =>
                (['portrait', 'landscape'] as const).map((way) => (
                  <option key={`${each}-${way}`} value={`${each}-${way}`}>
                    {each.toUpperCase()} · {t(way)}
                  </option>
                )),
              )}
            </select>
          </label>
          {(['title', 'subtitle', 'place', 'credit'] as const).map((field) => (
            <label key={field}>
              {t(`posterField.${field}`)}
              <input
                type="text"
                maxLength={200}
                value={words[field]}
                onChange={({ target }) => setWords({ ...words, [field]: target.value })}
              />
            </label>
          ))}
          <div className={styles['buttons']}>
            <button
              type="button"
              className="do"
              disabled={bitmap === null || busy}
              onClick={() => void save('pdf')}
            >
              {busy ? t('keeping') : t('savePosterPdf')}
            </button>
            <button
              type="button"
              className="btn"
              disabled={bitmap === null || busy}
              onClick={() => void save('png')}
            >
              {t('savePoster')}
            </button>
            <button type="button" className="ghost" onClick={onClose}>
              {t('close')}
            </button>
          </div>
        </div>
      </div>
    </Modal>
  )
}
