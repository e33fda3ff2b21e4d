import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toAsterismError } from '../../core/errors'
import { useApp } from '../kit/use-app'
import { BalanceSection } from './balance-section'
import { ChannelRows } from './channel-rows'
import { LookSection } from './look-section'
import { PictureCanvas } from './picture-canvas'
import { balanceByPlace } from '../../science/colour/balance-place'
import { SaveSection } from './save-section'
import { usePicture } from './use-picture'
import styles from './colour-panel.module.css'

const KeptPictures = () => {
  const { t } = useTranslation('colour-picture')
  const composites = useApp((state) => state.library.composites)
  const { open, openPicture, remove } = useApp((state) => state.pictures)
  if (composites.length === 0) return null
  return (
    <section className={styles['section']} aria-label={t('pictures')}>
      <header>
        <h3>{t('pictures')}</h3>
        <button type="button" className="chip" aria-pressed={open === null} onClick={() => openPicture(null)}>
          {t('newPicture')}
        </button>
      </header>
      <ul className={styles['kept']}>
        {composites.toReversed().map(({ id, name, labels }) => (
          <li key={id}>
            <button type="button" aria-pressed={open === id} onClick={() => openPicture(id)}>
              {name}
              <small>{labels.map(({ filter, name: frame }) => filter ?? frame).join(' + ')}</small>
            </button>
            <button
              type="button"
              className="chip"
              aria-label={t('removePicture', { name })}
              onClick={() => void remove(id)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Frames of several filters as one picture in colour: on the left it is seen, on the right made. */
export const ColourPanel = () => {
  const { t } = useTranslation('colour-picture')
  const picture = usePicture()
  const [picking, setPicking] = useState(false)
  const [before, setBefore] = useState(false)
  const { preview, choice, start, change, progress, failure, candidates } = picture
  const look = before ? start?.look : choice?.look
  useEffect(() => {
    const type = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
      if (event.target instanceof HTMLInputElement && event.target.type !== 'range') return
      event.preventDefault()
      if (event.shiftKey) picture.redo()
      else picture.undo()
    }
    addEventListener('keydown', type)
    return () => removeEventListener('keydown', type)
  })
  const pick = (x: number, y: number): void => {
    if (preview === null || choice === null) return
    setPicking(false)
    const gains = balanceByPlace(preview, choice.look, { x, y })
    if (gains === null) return
    change('pick', ({ look: own }) => ({
      balance: 'given',
      look: {
        ...own,
        inputs: own.inputs.map((input, index) => ({ ...input, gain: gains[index] ?? input.gain })),
      },
    }))
  }
  return (
    <div className={styles['panel']}>
      <div className={styles['stage']}>
        {preview !== null && look !== undefined ? (
          <PictureCanvas
            preview={preview}
            look={look}
            label={t('pictureLabel', {
              filters: preview.labels.map(({ filter, name }) => filter ?? name).join(', '),
            })}
            onPick={picking ? pick : null}
          />
        ) : (
          <div className={styles['waiting']} role="status">
            {candidates.length === 0 ? (
              <>
                <b>{t('emptyTitle')}</b>
                <span>{t('emptyText')}</span>
              </>
            ) : failure === null ? (
              <>
                <b>{t('making')}</b>
                <progress value={progress ?? 0} max={1} aria-label={t('making')} />
              </>
            ) : (
              <>
                <b>{t('failed')}</b>
                <span>{toAsterismError(failure).message}</span>
              </>
            )}
          </div>
        )}
      </div>
      <div className={styles['controls']}>
        <header className={styles['head']}>
          <h2>{t('title')}</h2>
          <div className={styles['buttons']}>
            <button type="button" className="chip" disabled={!picture.canUndo} onClick={picture.undo}>
              {t('undo')}
            </button>
            <button type="button" className="chip" disabled={!picture.canRedo} onClick={picture.redo}>
              {t('redo')}
            </button>
            <button
              type="button"
              className="chip"
              disabled={start === null || choice === start}
              onClick={() => start !== null && change('reset', () => start)}
            >
              {t('reset')}
            </button>
            <button
              type="button"
              className="chip"
              aria-pressed={before}
              disabled={start === null}
              onClick={() => setBefore(!before)}
            >
              {t('before')}
            </button>
          </div>
        </header>
        <KeptPictures />
        {candidates.length === 0 ? null : (
          <>
            <LookSection picture={picture} />
            <ChannelRows picture={picture} />
            <BalanceSection picture={picture} picking={picking} onPicking={setPicking} />
            <SaveSection picture={picture} />
          </>
        )}
      </div>
    </div>
  )
}
