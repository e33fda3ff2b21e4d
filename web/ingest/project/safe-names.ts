/** What Windows forbids in a name, besides control characters; macOS and Linux forbid less. */
const FORBIDDEN = new Set('<>:"/\\|?*')
/** Names of devices that Windows keeps for itself, with any ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
/** Bytes of a name as UTF-8. File systems end at 255; an ending and a number have to fit as well. */
const LONGEST = 180

/** One ending or two, as in `.fits` and `.fits.fz`; what begins with a digit is part of a date. */
const ENDING = /(?:\.[A-Za-z]\w{0,7}){1,2}$/

const cutName = (name: string): string => {
  const encoder = new TextEncoder()
  if (encoder.encode(name).length <= LONGEST) return name
  // The ending says what a file is, so the middle goes.
  const ending = ENDING.exec(name)?.[0] ?? ''
  // By code points: half of a pair would be no letter.
  const letters = Array.from(name.slice(0, name.length - ending.length))
  while (letters.length > 0 && encoder.encode(letters.join('') + ending).length > LONGEST) letters.pop()
  return letters.join('') + ending
}

const isForbidden = (letter: string): boolean => FORBIDDEN.has(letter) || letter < ' ' || letter === '\u007f'

const replaceForbidden = (wish: string): string =>
  Array.from(wish, (letter) => (isForbidden(letter) ? '_' : letter)).join('')

/** A name that Windows, macOS and Linux all take, as near to what was asked as can be. Never empty, never a way out of a folder. */
export const safeName = (wish: string, fallback = 'unnamed'): string => {
  const name = cutName(replaceForbidden(wish.normalize('NFC')).trim()).replace(/[. ]+$/, '')
  if (name === '' || name === '.' || name === '..') return fallback
  return RESERVED.test(name) ? `_${name}` : name
}

/** Two names that differ in case, or in how an accent is written, are one on many disks. */
const sameOnDisk = (path: string): string => path.normalize('NFC').toLowerCase()

/** Gives each thing a path of its own; the second of two that would be one gets part of its id before the ending. */
export const createNamer = (): ((folder: string, name: string, id: string) => string) => {
  const taken = new Set<string>()
  return (folder, name, id) => {
    const ending = ENDING.exec(name)?.[0] ?? ''
    const stem = name.slice(0, name.length - ending.length)
    const mark = safeName(id.split('-').slice(1).join('-') || id)
    for (let length = 0; ; length += 6) {
      const tail =
        length === 0 ? '' : length > mark.length ? `-${mark}-${length}` : `-${mark.slice(0, length)}`
      const path = `${folder}/${stem}${tail}${ending}`
      const key = sameOnDisk(path)
      if (taken.has(key)) continue
      taken.add(key)
      return path
    }
  }
}
