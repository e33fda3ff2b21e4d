/** Thin and not to be broken at, between groups of three digits. */
const THIN_SPACE = '\u202F'
const MINUS = '\u2212'
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A number with so many digits behind the point, as the language writes it, with thin spaces between thousands. */
export const formatFixed = (value: number, digits: number, language: string): string => {
  const shown = Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: 'min2',
  })
    .formatToParts(shown)
    .map(({ type, value: text }) => (type === 'group' ? THIN_SPACE : type === 'minusSign' ? MINUS : text))
    .join('')
}

const raise = (power: number): string =>
  `${power < 0 ? '⁻' : ''}${String(Math.abs(power)).replaceAll(/\d/g, (digit) => RAISED[Number(digit)] ?? '')}`

/** A number as digits times a power of ten, for what is very large or very small. */
export const formatPower = (value: number, digits: number, language: string): string => {
  if (value === 0) return '0'
  let power = Math.floor(Math.log10(Math.abs(value)))
  let factor = value / 10 ** power
  if (Math.abs(factor) >= 10 - 0.5 * 10 ** -digits) {
    factor /= 10
    power++
  }
  const text = formatFixed(factor, digits, language)
  if (Number(Math.abs(factor).toFixed(digits)) === 1 && digits === 0)
    return `${value < 0 ? MINUS : ''}10${raise(power)}`
  return `${text}·10${raise(power)}`
}
