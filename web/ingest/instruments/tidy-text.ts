import type { TIDY_NAMES } from './profile-words'

/** The observers' names of planet hosts leave hyphens out that every catalogue has. */
const restoreHyphens = (object: string): string => {
  const match = /^(HAT|WASP|TRES|XO|KELT|QATAR|COROT|TOI)-?(P(?=\s*-?\d)|TR(?=\s*-?\d))?\s*-?\s*(\d+)$/i.exec(
    object,
  )
  if (!match) return object
  const [, survey = '', kind, number = ''] = match
  return [survey.toUpperCase() === 'TRES' ? 'TrES' : survey.toUpperCase(), kind?.toUpperCase(), number]
    .filter((part) => part !== undefined)
    .join('-')
}

/** The number in brackets is often that of the connection and changes from night to night. */
const dropBracketedNumber = (text: string): string => text.replace(/\s*[[(]\d+[\])]$/, '')

const TIDIERS: Readonly<Record<(typeof TIDY_NAMES)[number], (text: string) => string>> = {
  'planet-host-hyphens': restoreHyphens,
  'drop-bracketed-number': dropBracketedNumber,
}

export const tidyText = (name: (typeof TIDY_NAMES)[number] | undefined, text: string): string =>
  name === undefined ? text : TIDIERS[name](text)
