import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { toAsterismError } from '../../core/errors'
import styles from './export-menu.module.css'
import { placePopover } from './place-popover'
import { saveFile } from './save-file'
import { useApp } from './use-app'

export interface ExportChoice<Format extends string> {
  readonly format: Format
  readonly label: string
  /** One sentence: who reads such a file. */
  readonly hint: string
}

interface ExportMenuProps<Format extends string> {
  readonly label: string
  readonly choices: readonly ExportChoice<Format>[]
  readonly makeFile: (format: Format) => Promise<{ readonly name: string; readonly content: Blob }>
  readonly disabled?: boolean
  /** What the button says while a file is made, where more is known than that it is. */
  readonly busyLabel?: string
  /** Of the button; it stands among chips unless something else is said. */
  readonly className?: string
}

/** A button that opens a small menu of formats, each with a sentence, and saves the file that is chosen. */
export const ExportMenu = <Format extends string>(props: ExportMenuProps<Format>) => {
  const { t } = useTranslation('export')
  const { label, choices, makeFile, disabled = false, busyLabel = t('busy'), className = 'chip' } = props
  const tellError = useApp((state) => state.notices.tellError)
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const id = useId()

  const choose = async (format: Format) => {
    menu.current?.hidePopover()
    button.current?.focus()
    setBusy(true)
    try {
      const { name, content } = await makeFile(format)
      saveFile(name, content)
    } catch (error) {
      tellError(toAsterismError(error))
    } finally {
      setBusy(false)
    }
  }
  const moveFocus = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    const wanted = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }[event.key]
    if (wanted === undefined) {
      if (event.key === 'Tab') menu.current?.hidePopover()
      return
    }
    event.preventDefault()
    event.stopPropagation()
    items[wanted]?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        disabled={disabled || busy}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-busy={busy}
        popoverTarget={id}
      >
        {busy ? busyLabel : label}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={styles['menu']}
        onKeyDown={moveFocus}
        onToggle={(event) => {
          const opened = event.newState === 'open'
          setOpen(opened)
          if (!opened || menu.current === null || button.current === null) return
          placePopover(menu.current, button.current)
          menu.current.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
        }}
      >
        {choices.map(({ format, label: name, hint }) => (
          <button
            key={format}
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-labelledby={`${id}-${format}-name`}
            aria-describedby={`${id}-${format}`}
            onClick={() => void choose(format)}
          >
            <b id={`${id}-${format}-name`}>{name}</b>
            <span id={`${id}-${format}`}>{hint}</span>
          </button>
        ))}
      </div>
    </>
  )
}
