import { DEFAULT_HINTS, type SolveHintsChoice } from '../../state/solve-hints'
import type { SolveFailure } from '../../state/sky-slice'
import { Card } from '../inspector/card'
import { useSkyWords } from './use-sky-words'

interface RefusalCardProps {
  readonly failure: SolveFailure
  readonly hints: SolveHintsChoice
  readonly busy: boolean
  /** Changes the hints and tries again at once. */
  readonly onTry: (change: Partial<SolveHintsChoice>) => void
}

interface Remedy {
  readonly id: string
  readonly change: Partial<SolveHintsChoice>
}

/** Degrees: about a hemisphere is as good as anywhere. */
const WIDEST = 60

/** What may help, from what was hinted: less certainty first, the whole sky last. */
const listRemedies = (hints: SolveHintsChoice): readonly Remedy[] => [
  ...(hints.place === 'given' && hints.radius < WIDEST
    ? [{ id: 'widen', change: { radius: Math.min(WIDEST, 3 * hints.radius) } }]
    : []),
  ...(hints.scale === 'given' || hints.scale === 'optics' || hints.scale === 'frame'
    ? [{ id: 'anyScale', change: { scale: 'any' } as const }]
    : []),
  ...(hints.catalogue === DEFAULT_HINTS.catalogue
    ? [{ id: 'deeper', change: { catalogue: 'gaia-dr3' } }]
    : []),
  ...(hints.place === 'anywhere' ? [] : [{ id: 'blind', change: { place: 'anywhere' } as const }]),
]

const splitWords = (value: unknown): readonly string[] =>
  typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : []

/** The reason in the words of the page, from its code and values; one that is not known keeps the words that it came with. */
const Reason = ({ failure: { code, reason, values } }: Pick<RefusalCardProps, 'failure'>) => {
  const { t, language, fixed } = useSkyWords()
  const { name = '', found = '', needed = '', headerScale } = values
  if (code === 'no-stars' && 'needed' in values)
    return <p>{t('refusal.reason.no-stars', { name, found, needed })}</p>
  const places = splitWords(values['places']).map((place) => t(`refusal.place.${place}`))
  if (code !== 'not-solved' || places.length === 0)
    return <p>{t('refusal.reason.other', { title: t(`errors:${code}`), reason })}</p>
  const advice = splitWords(values['advice'])
  return (
    <>
      <p>
        {t(`refusal.reason.${values['over'] === true ? 'time-over' : 'not-solved'}`, {
          name,
          places: new Intl.ListFormat(language, { type: 'conjunction' }).format(places),
        })}
      </p>
      {advice.length === 0 ? null : (
        <ul aria-label={t('refusal.advice.title')} data-advice="">
          {advice.map((each) => (
            <li key={each}>
              {t(`refusal.advice.${each}`, { scale: fixed(Number(headerScale ?? Number.NaN), 3) })}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Why a frame was not solved, and what to try, each a button that tries it. */
export const RefusalCard = ({ failure, hints, busy, onTry }: RefusalCardProps) => {
  const { t } = useSkyWords()
  const remedies = failure.code === 'no-stars' ? [] : listRemedies(hints)
  return (
    <Card tone="warn" title={t('refusal.title')}>
      <Reason failure={failure} />
      <p>{t('refusal.rather')}</p>
      {remedies.length === 0 ? null : (
        <div role="group" aria-label={t('refusal.try')} data-remedies="">
          {remedies.map(({ id, change }) => (
            <button key={id} type="button" className="btn" disabled={busy} onClick={() => onTry(change)}>
              {t(`refusal.${id}`, { radius: change.radius ?? 0 })}
            </button>
          ))}
        </div>
      )}
    </Card>
  )
}
