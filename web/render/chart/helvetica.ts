/**
 * Widths of Helvetica and Helvetica-Bold from the blank to the tilde, thousandths of the size (Adobe's font metrics for the 14 standard fonts
 * of PDF, ISO 32000-1, 9.6.2.2), so that text can be centred without a font in the file.
 */
const REGULAR =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'
const BOLD =
  '278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584'

const parse = (text: string): readonly number[] => text.split(' ').map(Number)
const WIDTHS = { regular: parse(REGULAR), bold: parse(BOLD) }
const FIRST = 32

/** What no single-byte font has, in letters that it has. */
const PLAIN: Readonly<Record<string, string>> = {
  '′': "'",
  '″': '"',
  '−': '-',
  '–': '-',
  '·': '·',
  α: 'RA',
  δ: 'Dec',
  '…': '...',
  '\u202f': ' ',
  '\u2009': ' ',
}

/** Text in the letters that WinAnsiEncoding shares with Latin-1; anything else becomes a question mark. */
export const toLatin = (text: string): string =>
  text.replaceAll(/[^ -~]/gu, (letter) => PLAIN[letter] ?? (/[\u00a0-\u00ff]/.test(letter) ? letter : '?'))

/** Whether the fonts of a page have all letters of a text, or something that reads the same. */
export const canSpell = (text: string): boolean => !toLatin(text.replaceAll('?', '')).includes('?')

/** Width in the unit of the size. An accent does not widen its letter. */
export const measureHelvetica = (text: string, size: number, bold: boolean): number => {
  const widths = bold ? WIDTHS.bold : WIDTHS.regular
  let sum = 0
  for (const letter of toLatin(text)) {
    const base = letter.normalize('NFD').codePointAt(0)! - FIRST
    // The degree sign and the like are about as wide as a digit is.
    sum += letter === '°' ? 400 : (widths[base] ?? 556)
  }
  return (sum * size) / 1000
}
