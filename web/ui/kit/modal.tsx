import { useEffect, useRef, type ReactNode } from 'react'
import styles from './modal.module.css'

interface ModalProps {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly wide?: boolean
}

/** The browser's own dialog: it keeps the focus, closes on Escape and dims the page by itself. */
export const Modal = ({ open, title, onClose, children, wide = false }: ModalProps) => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog ref={dialog} className={styles['modal']} data-wide={wide} aria-label={title} onClose={onClose}>
      {open ? (
        <>
          <h2>{title}</h2>
          {children}
        </>
      ) : null}
    </dialog>
  )
}
