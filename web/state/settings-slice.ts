import { z } from '../core/validation'
import { CRAFTS } from './crafts'
import { SKY_LAYERS, USUAL_LAYERS } from './sky-layers'
import type { SliceAccess } from './slice-access'

const column = z.string().max(1000)
const plotChoice = z.object({
  x: column,
  /** null draws how often each x occurs. */
  y: column.nullable(),
  errorX: column.nullable(),
  errorY: column.nullable(),
  colour: column.nullable(),
  logarithmicX: z.boolean(),
  logarithmicY: z.boolean(),
  /** Growing to the left, or downwards as magnitudes do. */
  reversedX: z.boolean(),
  reversedY: z.boolean(),
  hideFlagged: z.boolean(),
})

/** The columns that a person plots of a table, and how. */
export type PlotChoice = Readonly<z.infer<typeof plotChoice>>

const schema = z.object({
  theme: z.enum(['system', 'dark', 'light', 'night']).catch('system'),
  language: z.enum(['system', 'en', 'de']).catch('system'),
  /** Columns that a person wants to see of each table, in their order. */
  tables: z.record(z.string().max(200), z.array(z.string().max(200)).max(1000)).catch({}),
  /** What a person makes of each night, by the key of the night, where they chose it. */
  crafts: z.record(z.string().max(400), z.enum(CRAFTS)).catch({}),
  /** What a person plots of each table. */
  plots: z.record(z.string().max(200), plotChoice).catch({}),
  /** What lies over a picture whose place on the sky is known, and how its coordinates are written. */
  sky: z
    .object({
      shown: z.boolean(),
      layers: z.array(z.enum(SKY_LAYERS)).max(SKY_LAYERS.length),
      coordinates: z.enum(['sexagesimal', 'degrees']),
    })
    .catch({ shown: true, layers: [...USUAL_LAYERS], coordinates: 'sexagesimal' }),
})

type Choices = z.infer<typeof schema>

export interface SettingsSlice extends Choices {
  readonly change: (choices: Partial<Choices>) => void
}

/** Where choices are kept between visits; a browser that forbids it still works, it only forgets. */
export interface ChoiceKeeper {
  read(): string | null
  write(text: string): void
}

const KEY = 'asterism-settings'

export const localKeeper: ChoiceKeeper = {
  read: () => {
    try {
      return globalThis.localStorage.getItem(KEY)
    } catch {
      return null
    }
  },
  write: (text) => {
    try {
      globalThis.localStorage.setItem(KEY, text)
    } catch {
      // Private windows may refuse; the choice then lasts as long as the page.
    }
  },
}

const parseChoices = (text: string | null): Choices => {
  let stored: unknown = {}
  try {
    stored = text === null ? {} : JSON.parse(text)
  } catch {
    stored = {}
  }
  const parsed = schema.safeParse(stored)
  return parsed.success ? parsed.data : schema.parse({})
}

export const createSettingsSlice = (
  { get, set }: SliceAccess<SettingsSlice>,
  keeper: ChoiceKeeper,
): SettingsSlice => {
  return {
    ...parseChoices(keeper.read()),
    change: (choices) => {
      set(choices)
      const { theme, language, tables, plots, sky, crafts } = get()
      keeper.write(JSON.stringify({ theme, language, tables, plots, sky, crafts }))
    },
  }
}
