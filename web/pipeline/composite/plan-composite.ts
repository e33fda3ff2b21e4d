import type { CompositeInput } from '../../core/composite'
import type { PerChannel } from '../../core/colour-picture'
import { MOST_COMPOSITE_INPUTS } from '../../core/composite'
import { AsterismError } from '../../core/errors'
import type { OrderParameters } from '../order-parameters'
import type { Draft } from '../plan-draft'

/** One input as an order asks for it; its colour and part are found from its filter and camera where they are null. */
export interface WantedChannel {
  readonly frame: string
  /** Null: all of it, or of a frame behind a mosaic of filters its part of the colour `role`. */
  readonly part: CompositeInput['part'] | null
  readonly role: 'red' | 'green' | 'blue' | null
  readonly colour: PerChannel<number> | null
}

const COLOURS: Readonly<Record<'red' | 'green' | 'blue', PerChannel<number>>> = {
  red: [1, 0, 0],
  green: [0, 1, 0],
  blue: [0, 0, 1],
}

/** Green of two frames is their mean. */
const HALF_GREEN = { red: [1, 0.5, 0], blue: [0, 0.5, 1] } as const

const listChannels = (
  named: ReadonlySet<string> | null,
  { channels, red, green, blue }: OrderParameters,
): readonly WantedChannel[] => {
  if (channels !== undefined)
    return channels.map(({ frame, part, colour }) => ({ frame, part, role: null, colour: colour ?? null }))
  const three = { red, green, blue }
  const given = (['red', 'green', 'blue'] as const).filter((name) => three[name] !== undefined)
  if (given.length === 0)
    return [...(named ?? [])].map((frame) => ({ frame, part: null, role: null, colour: null }))
  const two = green === undefined && red !== undefined && blue !== undefined
  return given.map((name) => ({
    frame: three[name] ?? '',
    part: null,
    role: name,
    colour: two && name !== 'green' ? HALF_GREEN[name] : COLOURS[name],
  }))
}

/** One step: it finds how the frames lie, what they are like, and keeps the recipe of the picture. */
export const planComposite = (
  add: (draft: Draft) => string,
  named: ReadonlySet<string> | null,
  parameters: OrderParameters,
): void => {
  const channels = listChannels(named, parameters)
  const { luminance } = parameters
  const count = channels.length + (luminance === undefined ? 0 : 1)
  if (channels.length === 0 || count > MOST_COMPOSITE_INPUTS)
    throw new AsterismError(
      'bad-order',
      `A picture in colour is made of one to ${MOST_COMPOSITE_INPUTS} frames, and the order names ${count}. Name frames for red, green and blue.`,
    )
  const { palette, curve, stretch, q, minimum, balance, gains, saturation, neutral, name } = parameters
  add({
    name: 'compose-picture',
    frames: [
      ...new Set([...channels.map(({ frame }) => frame), ...(luminance === undefined ? [] : [luminance])]),
    ],
    parameters: {
      channels,
      luminance: luminance ?? null,
      palette,
      curve,
      stretch: stretch ?? null,
      q: q ?? null,
      minimum: minimum ?? null,
      balance: balance ?? null,
      gains: gains ?? null,
      saturation: saturation ?? null,
      neutral: neutral ?? null,
      name: name ?? null,
    },
    after: [],
  })
}
