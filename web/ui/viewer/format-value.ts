const THIN_SPACE = '\u2009'

/** A number with thin spaces between thousands, a true minus sign, and so many digits after the point. */
const groupThousands = (value: number, decimals: number): string => {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`
  return value < 0 && Number(value.toFixed(decimals)) !== 0 ? `−${digits}` : digits
}

/** A pixel value with about five sensible digits: 12 345, 123.46, 0.001234; whole numbers stay whole. */
export const formatValue = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e9) return groupThousands(value, 0)
  if (size >= 1e9 || size < 1e-4) return value.toExponential(3).replaceAll('-', '−').replace('e+', 'e')
  const decimals = Math.max(0, Math.min(7, 4 - Math.floor(Math.log10(size))))
  return groupThousands(value, size >= 1e5 ? 0 : Math.min(decimals, size >= 100 ? 1 : 6))
}

/** 140 % as people read it: whole from 10 % on, one digit below. */
export const formatZoom = (scale: number): string => {
  const percent = scale * 100
  return `${groupThousands(percent, percent >= 10 ? 0 : 1)} %`
}
