/** Greek letters with the three letters that SIMBAD writes for them. */
const GREEK: readonly (readonly [string, string, string])[] = [
  ['α', 'alpha', 'alf'],
  ['β', 'beta', 'bet'],
  ['γ', 'gamma', 'gam'],
  ['δ', 'delta', 'del'],
  ['ε', 'epsilon', 'eps'],
  ['ζ', 'zeta', 'zet'],
  ['η', 'eta', 'eta'],
  ['θ', 'theta', 'tet'],
  ['ι', 'iota', 'iot'],
  ['κ', 'kappa', 'kap'],
  ['λ', 'lambda', 'lam'],
  ['μ', 'mu', 'mu'],
  ['ν', 'nu', 'nu'],
  ['ξ', 'xi', 'ksi'],
  ['ο', 'omicron', 'omi'],
  ['π', 'pi', 'pi'],
  ['ρ', 'rho', 'rho'],
  ['σ', 'sigma', 'sig'],
  ['τ', 'tau', 'tau'],
  ['υ', 'upsilon', 'ups'],
  ['φ', 'phi', 'phi'],
  ['χ', 'chi', 'chi'],
  ['ψ', 'psi', 'psi'],
  ['ω', 'omega', 'ome'],
]

const LETTERS = new Map(GREEK.flatMap(([sign, name, code]) => [sign, name, code].map((form) => [form, code])))

/** Genitives of the constellations, as they stand after a star's letter, with their three letters. */
const GENITIVES =
  'Andromedae And|Antliae Ant|Apodis Aps|Aquarii Aqr|Aquilae Aql|Arae Ara|Arietis Ari|Aurigae Aur|Bootis Boo|Caeli Cae|' +
  'Camelopardalis Cam|Cancri Cnc|Canum Venaticorum CVn|Canis Majoris CMa|Canis Minoris CMi|Capricorni Cap|Carinae Car|' +
  'Cassiopeiae Cas|Centauri Cen|Cephei Cep|Ceti Cet|Chamaeleontis Cha|Circini Cir|Columbae Col|Comae Berenices Com|' +
  'Coronae Australis CrA|Coronae Borealis CrB|Corvi Crv|Crateris Crt|Crucis Cru|Cygni Cyg|Delphini Del|Doradus Dor|Draconis Dra|' +
  'Equulei Equ|Eridani Eri|Fornacis For|Geminorum Gem|Gruis Gru|Herculis Her|Horologii Hor|Hydrae Hya|Hydri Hyi|Indi Ind|' +
  'Lacertae Lac|Leonis Minoris LMi|Leonis Leo|Leporis Lep|Librae Lib|Lupi Lup|Lyncis Lyn|Lyrae Lyr|Mensae Men|Microscopii Mic|' +
  'Monocerotis Mon|Muscae Mus|Normae Nor|Octantis Oct|Ophiuchi Oph|Orionis Ori|Pavonis Pav|Pegasi Peg|Persei Per|Phoenicis Phe|' +
  'Pictoris Pic|Piscis Austrini PsA|Piscium Psc|Puppis Pup|Pyxidis Pyx|Reticuli Ret|Sagittae Sge|Sagittarii Sgr|Scorpii Sco|' +
  'Sculptoris Scl|Scuti Sct|Serpentis Ser|Sextantis Sex|Tauri Tau|Telescopii Tel|Trianguli Australis TrA|Trianguli Tri|Tucanae Tuc|' +
  'Ursae Majoris UMa|Ursae Minoris UMi|Velorum Vel|Virginis Vir|Volantis Vol|Vulpeculae Vul'

const CONSTELLATIONS = GENITIVES.split('|').map((entry) => {
  const at = entry.lastIndexOf(' ')
  return { genitive: entry.slice(0, at).toLowerCase(), code: entry.slice(at + 1).toLowerCase() }
})
const CODES = new Set(CONSTELLATIONS.map(({ code }) => code))

/** Long forms of catalogues that people type. */
const CATALOGUES: readonly (readonly [RegExp, string])[] = [
  [/^messier(?=[\s\d])/, 'm'],
  [/^caldwell(?=[\s\d])/, 'c'],
  [/^(?:landolt|sa)[\s_-]*(?=\d{2,3}[\s_-]+\d)/, 'sa'],
  [/^(?=\d{2,3}[\s_]+\d{1,4}$)/, 'sa'],
  [/^(?:rubin|ru)[\s_-]*(?=\d)/, 'ru'],
  [/^melotte(?=[\s\d])/, 'mel'],
  [/^barnard(?=[\s\d])/, 'barnard'],
]

/** More than any name has. */
const LONGEST = 200

const shortenConstellation = (words: string): string => {
  for (const { genitive, code } of CONSTELLATIONS)
    if (words.endsWith(` ${genitive}`)) return `${words.slice(0, -genitive.length)}${code}`
  return words
}

/** A Greek letter before a constellation, alone or with a number behind it (`beta1 Cyg`), as its three letters. */
const shortenLetter = (words: string): string => {
  const match = /^([a-zα-ω]+)\s*(\d{0,2})\s+([a-z]{3})(\s*[a-z])?$/u.exec(words)
  if (match === null || !CODES.has(match[3] ?? '')) return words
  const code = LETTERS.get(match[1] ?? '')
  return code === undefined ? words : `${code}${match[2] ?? ''} ${match[3] ?? ''}${match[4] ?? ''}`
}

/**
 * A name as it is looked up: M 37, m37 and Messier 37 are one, as are NGC2099 and ngc 2099, alpha Lyr, Alpha Lyrae and α Lyr, HAT-P-32 b and
 * hatp32b, SA 98-978 and 98_978. Letters and digits alone, without leading zeros. Empty for what has none, or is longer than any name.
 */
export const normaliseDesignation = (text: string): string => {
  if (text.length > LONGEST) return ''
  let words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  for (const [long, short] of CATALOGUES) {
    const next = words.replace(long, short)
    if (next !== words) {
      words = next
      break
    }
  }
  words = shortenLetter(shortenConstellation(words))
  return words.replaceAll(/[^\p{L}\p{N}]+/gu, '').replaceAll(/(\p{L})0+(?=\d)/gu, '$1')
}
