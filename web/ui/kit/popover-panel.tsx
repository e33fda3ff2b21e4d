import { useId, useRef, useState, type ReactNode } from 'react'
import { placePopover } from './place-popover'
import styles from './popover-panel.module.css'

interface PopoverPanelProps {
  readonly label: string
  /** What stands on the button; the label when left out. */
  readonly button?: ReactNode
  readonly disabled?: boolean
  /** Given a way to close it; drawn only while it is open. */
  readonly children: (close: () => void) => ReactNode
}

/** A button with a small panel of controls under it. Escape or a click elsewhere closes it. */
export const PopoverPanel = ({ label, button, disabled = false, children }: PopoverPanelProps) => {
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="chip"
        aria-expanded={open}
        disabled={disabled}
        popoverTarget={id}
      >
        {button ?? label}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={styles['panel']}
        onToggle={(event) => {
          const opened = event.newState === 'open'
          setOpen(opened)
          if (opened && panel.current !== null && opener.current !== null)
            placePopover(panel.current, opener.current)
        }}
      >
        {open ? children(() => panel.current?.hidePopover()) : null}
      </div>
    </>
  )
}
