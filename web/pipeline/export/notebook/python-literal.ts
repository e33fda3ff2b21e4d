/** A value that Python reads as what it is: None, numbers, texts, lists, dictionaries. NaN and infinities by numpy. */
export type PythonValue =
  | null
  | boolean
  | number
  | string
  | readonly PythonValue[]
  | { readonly [name: string]: PythonValue | undefined }

/** JSON writes texts with escapes that Python has too, but for what lies beyond its 16-bit units. */
const writeText = (text: string): string => JSON.stringify(text)

const writeNumber = (value: number): string => {
  if (Number.isNaN(value)) return 'np.nan'
  if (!Number.isFinite(value)) return value > 0 ? 'np.inf' : '-np.inf'
  return Object.is(value, -0) ? '-0.0' : String(value)
}

export const toPython = (value: PythonValue): string => {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return writeNumber(value)
  if (typeof value === 'string') return writeText(value)
  if (Array.isArray(value)) return `[${(value as readonly PythonValue[]).map(toPython).join(', ')}]`
  const entries = Object.entries(value).filter(([, own]) => own !== undefined)
  return `{${entries.map(([name, own]) => `${writeText(name)}: ${toPython(own as PythonValue)}`).join(', ')}}`
}

/** A list or dictionary with a line for each of its members. */
export const toPythonLines = (
  value: readonly PythonValue[] | Readonly<Record<string, PythonValue>>,
): string => {
  if (Array.isArray(value))
    return value.length === 0
      ? '[]'
      : `[\n${(value as readonly PythonValue[]).map((own) => `    ${toPython(own)},`).join('\n')}\n]`
  const entries = Object.entries(value as Readonly<Record<string, PythonValue>>)
  if (entries.length === 0) return '{}'
  return `{\n${entries.map(([name, own]) => `    ${writeText(name)}: ${toPython(own)},`).join('\n')}\n}`
}

/** `name=value` for a call; what is undefined is left out. */
export const toArguments = (values: Readonly<Record<string, PythonValue | undefined>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${toPython(value as PythonValue)}`)
    .join(', ')
