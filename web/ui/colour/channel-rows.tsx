import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { COMPOSITE_PARTS, MOST_COMPOSITE_INPUTS } from '../../core/composite'
import type { PerChannel } from '../../core/colour-picture'
import { COMPOSITE_PALETTES, proposeColours } from '../../science/colour/palettes'
import { levelOf } from '../../science/colour/level-of'
import { ChannelHistogram } from './channel-histogram'
import type { Candidate, Channel } from './list-candidates'
import { SliderRow } from './slider-row'
import type { PictureInMaking } from './use-picture'
import styles from './colour-panel.module.css'

/** Colours that an input can be drawn in; a share for red, green and blue each. */
const ROLES: Readonly<Record<string, PerChannel<number>>> = {
  red: [1, 0, 0],
  redGreen: [1, 0.5, 0],
  green: [0, 1, 0],
  greenBlue: [0, 1, 1],
  blueGreen: [0, 0.5, 1],
  blue: [0, 0, 1],
  all: [1, 1, 1],
}

const roleOf = ({ colour, brightness }: Channel): string =>
  brightness
    ? 'brightness'
    : (Object.entries(ROLES).find(([, each]) => each.every((part, index) => part === colour[index]))?.[0] ??
      'mix')

/** Frames to choose from, by what they are; thousands of raw frames would choke a list. */
const MOST_LISTED = 200

const FrameChoice = ({
  candidates,
  value,
  label,
  onChange,
}: {
  readonly candidates: readonly Candidate[]
  readonly value: string
  readonly label: string
  readonly onChange: (id: string) => void
}) => {
  const { t } = useTranslation('colour-picture')
  const known = candidates.some(({ id }) => id === value)
  return (
    <select aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      {known ? null : <option value={value}>{t('frameGone')}</option>}
      {(['stack', 'calibrated', 'raw'] as const).map((source) => {
        const own = candidates.filter((candidate) => candidate.source === source)
        const listed = own.filter(({ id }, index) => index < MOST_LISTED || id === value)
        return own.length === 0 ? null : (
          <optgroup key={source} label={t(`source.${source}`)}>
            {listed.map(({ id, name, filter }) => (
              <option key={id} value={id}>
                {filter === null ? name : `${filter} · ${name}`}
              </option>
            ))}
          </optgroup>
        )
      })}
    </select>
  )
}

/** The frames of the picture: which, in which colour, and from which level. */
export const ChannelRows = ({ picture }: { readonly picture: PictureInMaking }) => {
  const { t } = useTranslation('colour-picture')
  const { candidates, channels, chooseChannels, preview, choice, change } = picture
  const byId = useMemo(() => new Map(candidates.map((candidate) => [candidate.id, candidate])), [candidates])
  const replace = (at: number, next: Partial<Channel>): void =>
    chooseChannels(channels.map((channel, index) => (index === at ? { ...channel, ...next } : channel)))
  const setInput = (at: number, control: string, values: { minimum?: number; gain?: number }): void =>
    change(`${control}-${at}`, (before) => ({
      balance: values.gain === undefined ? before.balance : 'given',
      look: {
        ...before.look,
        inputs: before.look.inputs.map((input, index) => (index === at ? { ...input, ...values } : input)),
      },
    }))
  const filters = channels.map(({ frame }) => byId.get(frame)?.filter ?? null)
  return (
    <section className={styles['section']} aria-label={t('channels')}>
      <header>
        <h3>{t('channels')}</h3>
        <label className={styles['inline']}>
          {t('palette')}
          <select
            value=""
            onChange={({ target }) => {
              const palette = COMPOSITE_PALETTES.find((each) => each === target.value)
              if (palette === undefined) return
              const colours = proposeColours(filters, palette)
              chooseChannels(
                channels.map((channel, index) => ({
                  ...channel,
                  colour: colours[index] ?? channel.colour,
                  brightness: false,
                })),
              )
            }}
          >
            <option value="">{t('choose')}</option>
            {COMPOSITE_PALETTES.map((palette) => (
              <option key={palette} value={palette}>
                {t(`palettes.${palette}`)}
              </option>
            ))}
          </select>
        </label>
      </header>
      {channels.map((channel, index) => {
        const candidate = byId.get(channel.frame)
        const input = choice?.look.inputs[index]
        const plane = preview?.planes[index]
        const { sky, noise } = preview === null ? { sky: 0, noise: 1 } : levelOf(preview.measures, index)
        const name = t('channel', { number: index + 1 })
        return (
          <fieldset key={`${channel.frame}-${channel.part}-${index}`} className={styles['channel']}>
            <legend>
              <i
                style={{
                  background: channel.brightness
                    ? 'linear-gradient(90deg, #000, #fff)'
                    : `rgb(${channel.colour.map((part) => 255 * part).join(' ')})`,
                }}
              />
              {name}
              {candidate?.filter == null ? null : ` · ${candidate.filter}`}
            </legend>
            <div className={styles['pair']}>
              <FrameChoice
                candidates={candidates}
                value={channel.frame}
                label={t('frameOf', { name })}
                onChange={(frame) => {
                  const mosaic = byId.get(frame)?.mosaic === true
                  replace(index, { frame, part: mosaic ? channel.part : 'whole' })
                }}
              />
              <select
                aria-label={t('colourOf', { name })}
                value={roleOf(channel)}
                onChange={({ target }) => {
                  const colour = ROLES[target.value]
                  if (colour !== undefined) replace(index, { colour, brightness: false })
                  if (target.value === 'brightness')
                    chooseChannels(
                      channels.map((each, at) =>
                        at === index
                          ? { ...each, colour: [0, 0, 0], brightness: true }
                          : { ...each, brightness: false },
                      ),
                    )
                }}
              >
                {[...Object.keys(ROLES), 'brightness'].map((role) => (
                  <option key={role} value={role}>
                    {t(`role.${role}`)}
                  </option>
                ))}
                {roleOf(channel) === 'mix' ? <option value="mix">{t('role.mix')}</option> : null}
              </select>
              {candidate?.mosaic === true ? (
                <select
                  aria-label={t('partOf', { name })}
                  value={channel.part}
                  onChange={({ target }) => {
                    const part = COMPOSITE_PARTS.find((each) => each === target.value)
                    if (part !== undefined) replace(index, { part })
                  }}
                >
                  {COMPOSITE_PARTS.map((part) => (
                    <option key={part} value={part}>
                      {t(`part.${part}`)}
                    </option>
                  ))}
                </select>
              ) : null}
              <button
                type="button"
                className="chip"
                disabled={channels.length < 2}
                aria-label={t('removeChannel', { name })}
                onClick={() => chooseChannels(channels.filter((_, at) => at !== index))}
              >
                ×
              </button>
            </div>
            {input === undefined || preview === null || plane === undefined ? null : (
              <>
                <ChannelHistogram plane={plane} sky={sky} noise={noise} minimum={input.minimum} />
                <SliderRow
                  label={t('minimum')}
                  hint={t('minimumHint')}
                  value={input.minimum}
                  least={sky - 10 * noise}
                  most={sky + 20 * noise}
                  digits={6}
                  onChange={(minimum) => setInput(index, 'minimum', { minimum })}
                />
                <SliderRow
                  label={t('gain')}
                  hint={t('gainHint')}
                  value={input.gain}
                  least={0.1}
                  most={10}
                  factors
                  onChange={(gain) => setInput(index, 'gain', { gain })}
                />
                <p className={styles['note']}>
                  {t(`alignment.${preview.measures.alignment[index] ?? 'same'}`, {
                    count: preview.measures.matched[index] ?? 0,
                    rms: (preview.measures.rms[index] ?? 0).toFixed(2),
                  })}
                </p>
              </>
            )}
          </fieldset>
        )
      })}
      <button
        type="button"
        className="ghost"
        disabled={candidates.length === 0 || channels.length >= MOST_COMPOSITE_INPUTS}
        onClick={() => {
          const used = new Set(channels.map(({ frame }) => frame))
          const next = candidates.find(({ id }) => !used.has(id)) ?? candidates[0]
          if (next !== undefined)
            chooseChannels([
              ...channels.filter(({ brightness }) => !brightness),
              { frame: next.id, part: 'whole', colour: [0, 1, 0], brightness: false },
              ...channels.filter(({ brightness }) => brightness),
            ])
        }}
      >
        {t('addChannel')}
      </button>
    </section>
  )
}
