import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeaderCard } from '../../core/header'
import { Modal } from '../kit/modal'
import { useApp, useStudio } from '../kit/use-app'
import { HeaderPanel } from './header-panel'

/** Opens the header of a frame, or of a table that came with a FITS file. */
export const HeaderButton = ({ id, name }: { readonly id: string; readonly name: string }) => {
  const { t } = useTranslation('viewer')
  const studio = useStudio()
  const tellError = useApp((state) => state.notices.tellError)
  const [cards, setCards] = useState<readonly HeaderCard[] | null>(null)
  return (
    <>
      <button
        type="button"
        className="chip"
        onClick={() => void studio.cards(id).then(setCards).catch(tellError)}
      >
        {t('header.show')}
      </button>
      <Modal open={cards !== null} title={name} wide onClose={() => setCards(null)}>
        {cards === null ? null : <HeaderPanel cards={cards} />}
        <button type="button" className="ghost" onClick={() => setCards(null)}>
          {t('header.close')}
        </button>
      </Modal>
    </>
  )
}
