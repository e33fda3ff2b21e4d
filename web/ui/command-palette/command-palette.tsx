import { useId, useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../kit/modal'
import styles from './command-palette.module.css'

export interface Command {
  readonly id: string
  readonly label: string
  /** A second, quieter line: the keys or the night. */
  readonly note?: string
  readonly run: () => void
}

interface CommandPaletteProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly listCommands: () => readonly Command[]
}

/** Rows that are shown; whoever wants another types a letter more. */
const MOST_SHOWN = 60

const Palette = ({ onClose, listCommands }: Omit<CommandPaletteProps, 'open'>) => {
  const { t } = useTranslation('palette')
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const [commands] = useState(listCommands)
  const found = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    return commands
      .filter(({ label, note }) =>
        words.every((word) => `${label} ${note ?? ''}`.toLowerCase().includes(word)),
      )
      .slice(0, MOST_SHOWN)
  }, [commands, text])
  const choose = (command: Command | undefined) => {
    if (command === undefined) return
    onClose()
    command.run()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((index) => Math.min(found.length - 1, index + 1))
    else if (event.key === 'ArrowUp') setAt((index) => Math.max(0, index - 1))
    else if (event.key === 'Enter') choose(found[at])
    else return
    event.preventDefault()
  }
  return (
    <div className={styles['palette']}>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found[at] === undefined ? undefined : `${id}-${at}`}
        aria-label={t('search')}
        placeholder={t('search')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <div id={`${id}-list`} role="listbox" aria-label={t('title')} className={styles['list']}>
        {found.map((command, index) => (
          <div
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => choose(command)}
            onKeyDown={() => undefined}
            onPointerMove={() => setAt(index)}
          >
            <span>{command.label}</span>
            <small>{command.note}</small>
          </div>
        ))}
        {found.length === 0 ? <p>{t('nothing')}</p> : null}
      </div>
    </div>
  )
}

/** Every action and every frame, found by typing. */
export const CommandPalette = ({ open, onClose, listCommands }: CommandPaletteProps) => {
  const { t } = useTranslation('palette')
  return (
    <Modal open={open} title={t('title')} onClose={onClose}>
      <Palette onClose={onClose} listCommands={listCommands} />
    </Modal>
  )
}
