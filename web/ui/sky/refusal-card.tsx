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

/** Why a frame was not solved, and what to try, each a button that tries it. */
export const RefusalCard = ({ failure, hints, busy, onTry }: RefusalCardProps) => {
  const { t } = useSkyWords()
  const remedies = failure.code === 'no-stars' ? [] : listRemedies(hints)
  return (
    <Card tone="warn" title={t('refusal.title')}>
      <p>{failure.reason}</p>
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
