import { useEffect, useState } from 'react'

interface TypedFieldProps {
  readonly id: string
  readonly described: string
  readonly value: string
  readonly placeholder: string
  readonly numeric: boolean
  readonly disabled: boolean
  readonly isValid: (text: string) => boolean
  readonly onTake: (text: string) => void
}

/** What is typed is taken with Enter or when the field is left; what makes no sense is said, and is not taken. */
export const TypedField = ({
  id,
  described,
  value,
  placeholder,
  numeric,
  disabled,
  isValid,
  onTake,
}: TypedFieldProps) => {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const valid = isValid(text.trim())
  const take = () => {
    if (valid && text.trim() !== value) onTake(text.trim())
  }
  return (
    <input
      id={id}
      type="text"
      inputMode={numeric ? 'decimal' : 'text'}
      autoComplete="off"
      spellCheck={false}
      aria-describedby={described}
      aria-invalid={!valid}
      placeholder={placeholder}
      value={text}
      disabled={disabled}
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
        if (event.key === 'Escape') setText(value)
      }}
    />
  )
}
