import { matchFrames } from '../../../web/state/match-frames'
import { parsePlanes } from '../../../web/state/parse-planes'
import { makeExposure } from '../../support/make-exposure'
import { changeText } from '../mutate-text'
import { pick } from '../pick'
import { promise, type FuzzTarget } from '../target'

const PLANES = 5000
const TYPED = [
  '3, 1-4; 2–9',
  '1-2000, 2001',
  'light*.fits -bad',
  'a?b*c',
  'R 60 -*flat*',
  '*a*a*a*a*a*b',
  '-- -? **',
  'halpha [x]',
]
const WORDS = [
  '*',
  '?',
  '-',
  ' ',
  '.',
  '\\',
  '[',
  ']',
  '(',
  ')',
  '^',
  '$',
  '+',
  '{2}',
  '|',
  'a',
  '.*',
  '\\d',
  'fits',
  '-*',
]

const FRAMES = [
  'night/light_001.fits',
  `${'a'.repeat(200)}/${'ab'.repeat(100)}.fits`,
  '',
  '*/?',
  'ü/\u0130.fits',
].map((path) => makeExposure({ object: path }, { path, name: path.split('/').at(-1) ?? '' }))

/** What a person types to choose frames by their names, and planes of a cube by their numbers. */
export const patterns: FuzzTarget = {
  name: 'patterns',
  make: (random) => new TextEncoder().encode(changeText(random, pick(random, TYPED), WORDS)),
  run: (input) => {
    const text = new TextDecoder().decode(input)
    const matches = matchFrames(text)
    for (const frame of FRAMES)
      promise(typeof matches(frame) === 'boolean', 'a frame is neither meant nor not')
    const choice = parsePlanes(text, PLANES)
    if (!('planes' in choice)) return
    promise(
      choice.planes.every((plane) => Number.isInteger(plane) && plane >= 0 && plane < PLANES),
      'a plane that there is not',
    )
  },
}
