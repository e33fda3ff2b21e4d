import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NamedForm } from '../kit/named-form'

interface StackNameDialogProps {
  readonly name: string
  readonly onClose: () => void
  readonly onName: (name: string) => void
}

/** What a person calls a stack; files that are made of it have this name. */
export const StackNameDialog = ({ name, onClose, onName }: StackNameDialogProps) => {
  const { t } = useTranslation('stack')
  const [text, setText] = useState(name)
  return (
    <NamedForm
      title={t('renameTitle')}
      name={text}
      onName={setText}
      onClose={onClose}
      onKeep={(named) => onName(named.name)}
    />
  )
}
