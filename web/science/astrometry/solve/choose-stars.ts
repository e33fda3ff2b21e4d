import type { Field } from './take-field'

/**
 * Which stars of a frame asterisms are made of:
 * - brightest: those that the catalogue has most likely.
 * - even: the brightest of each part of the frame in turn, so that a trail, a row of hot pixels or a cluster does not take all places.
 */
export type StarChoice = 'brightest' | 'even'

/** Places (of stars in order of brightness): one of each cell in turn, the brightest first. */
const chooseEvenly = ({ u, v, width, height }: Field, most: number): number[] => {
  const side = Math.sqrt((width * height) / Math.max(1, most / 3))
  const cells = new Map<string, number[]>()
  for (let i = 0; i < u.length; i++) {
    const key = `${Math.floor(u[i]! / side)}/${Math.floor(v[i]! / side)}`
    const members = cells.get(key)
    if (members === undefined) cells.set(key, [i])
    else members.push(i)
  }
  const ranks = [...cells.values()].flatMap((members) => members.map((star, rank) => ({ star, rank })))
  return ranks
    .sort((a, b) => a.rank - b.rank || a.star - b.star)
    .slice(0, most)
    .map(({ star }) => star)
}

/** Places of at most so many stars, in order of brightness. */
export const chooseStars = (field: Field, most: number, choice: StarChoice): number[] =>
  choice === 'brightest' || field.u.length <= most
    ? [...field.u.keys()].slice(0, most)
    : chooseEvenly(field, most).sort((a, b) => a - b)
