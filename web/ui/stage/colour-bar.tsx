import { useTranslation } from 'react-i18next'
import { DEBAYER_METHODS, type PerChannel } from '../../core/colour-picture'
import { useApp } from '../kit/use-app'
import { PopoverPanel } from '../kit/popover-panel'
import { formatValue } from '../viewer/format-value'
import styles from './colour-bar.module.css'
import type { ShownColours } from './use-colours'

const CHANNELS = ['red', 'green', 'blue'] as const
const BALANCES = ['sky', 'given'] as const
/** Of a factor on one colour. */
const [SMALLEST_GAIN, LARGEST_GAIN] = [0.01, 100]

const withGain = (gains: PerChannel<number>, changed: number, gain: number): PerChannel<number> => {
  const next = (index: 0 | 1 | 2): number => (index === changed ? gain : gains[index])
  return [next(0), next(1), next(2)]
}

/** What was done to each colour, in numbers. */
const BalanceTable = ({ colours }: { readonly colours: ShownColours }) => {
  const { t } = useTranslation('colour')
  const unit = colours.planes.unit === 'electron' ? 'e⁻' : 'ADU'
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <td />
          {CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              {t(`channel.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">
            {t('level')} ({unit})
          </th>
          {colours.picture.balance.map(({ sky }, index) => (
            <td key={CHANNELS[index]}>{formatValue(sky)}</td>
          ))}
        </tr>
        <tr>
          <th scope="row">{t('factor')}</th>
          {colours.picture.balance.map(({ gain }, index) => (
            <td key={CHANNELS[index]} data-gain={CHANNELS[index]}>
              {gain.toFixed(3)}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

/** Shows a frame in colour, and says and sets how its colours are brought together. */
export const ColourBar = ({
  colours,
  loading,
}: {
  readonly colours: ShownColours | null
  readonly loading: boolean
}) => {
  const { t } = useTranslation('colour')
  const { shown, method, balance, gains, change } = useApp((state) => state.colour)
  const { planes } = colours ?? { planes: null }
  return (
    <>
      <button
        type="button"
        className="chip"
        aria-pressed={shown}
        title={t('hint')}
        onClick={() => change({ shown: !shown })}
      >
        {t('show')}
      </button>
      {shown ? (
        <PopoverPanel label={t('settings')} button={t('balance')}>
          {() => (
            <div className={styles['panel']}>
              <label>
                {t('method')}
                <select
                  value={method}
                  onChange={({ target }) => {
                    const wanted = DEBAYER_METHODS.find((each) => each === target.value)
                    if (wanted !== undefined) change({ method: wanted })
                  }}
                >
                  {DEBAYER_METHODS.map((each) => (
                    <option key={each} value={each}>
                      {t(`methods.${each}`)}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                {t('balance')}
                <select
                  value={balance}
                  onChange={({ target }) => change({ balance: target.value === 'given' ? 'given' : 'sky' })}
                >
                  {BALANCES.map((each) => (
                    <option key={each} value={each}>
                      {t(`balances.${each}`)}
                    </option>
                  ))}
                </select>
              </label>
              {balance === 'sky' ? null : (
                <div className={styles['gains']}>
                  {CHANNELS.map((channel, index) => (
                    <label key={channel}>
                      {t('gain', { channel: t(`channel.${channel}`) })}
                      <input
                        type="number"
                        min={SMALLEST_GAIN}
                        max={LARGEST_GAIN}
                        step={0.05}
                        defaultValue={gains[index]}
                        onChange={({ target }) => {
                          const gain = target.valueAsNumber
                          if (gain >= SMALLEST_GAIN && gain <= LARGEST_GAIN)
                            change({ gains: withGain(gains, index, gain) })
                        }}
                      />
                    </label>
                  ))}
                </div>
              )}
              {loading ? <p role="status">{t('making')}</p> : null}
              {colours === null || planes === null ? null : (
                <>
                  <BalanceTable colours={colours} />
                  <p data-balance={colours.done}>{t(`done.${colours.done}`)}</p>
                  <p>{t('stretch')}</p>
                  {planes.level === 0 ? null : (
                    <p>
                      {t('reduced', {
                        width: colours.green.width,
                        height: colours.green.height,
                        fullWidth: planes.width,
                        fullHeight: planes.height,
                      })}
                    </p>
                  )}
                </>
              )}
            </div>
          )}
        </PopoverPanel>
      ) : null}
    </>
  )
}
