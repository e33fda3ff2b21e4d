import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAbortError, toAsterismError } from '../../core/errors'
import type { ResolvedName } from '../../core/resolved-name'
import { useStudio } from '../kit/use-app'
import styles from './catalogues.module.css'

interface LookUpProps {
  readonly name: string
  readonly onFound: (found: ResolvedName) => void
}

/** Finds where something is by its name when it is pressed, and says in words what was found and who said so. */
export const LookUp = ({ name, onFound }: LookUpProps) => {
  const { t } = useTranslation('catalogues')
  const studio = useStudio()
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<ResolvedName | null>(null)
  const [problem, setProblem] = useState('')
  const asking = useRef<AbortController | null>(null)
  // Nobody waits for it any more when the dialog is closed.
  useEffect(() => () => asking.current?.abort(), [])
  const ask = async () => {
    asking.current?.abort()
    const controller = new AbortController()
    asking.current = controller
    setBusy(true)
    setProblem('')
    setFound(null)
    try {
      const answer = await studio.sky.resolve(name, { signal: controller.signal })
      setFound(answer)
      onFound(answer)
    } catch (error) {
      if (!isAbortError(error)) setProblem(toAsterismError(error).message)
    } finally {
      if (asking.current === controller) setBusy(false)
    }
  }
  const describe = ({ name: known, type, magnitude, ephemeris }: ResolvedName): string =>
    [
      type === null ? known : `${known}: ${t(`kinds.${type}`, { defaultValue: type })}`,
      ...(magnitude === null ? [] : [t('magnitude', { value: magnitude })]),
      ...(ephemeris === null ? [] : [t('period', { value: ephemeris.period })]),
    ].join(', ')
  return (
    <div className={styles['lookUp']}>
      <button
        type="button"
        className="btn"
        disabled={name.trim() === '' || busy}
        title={t('lookUpHint')}
        onClick={() => void ask()}
      >
        {busy ? t('lookingUp') : t('lookUp')}
      </button>
      <span role="status">{found === null ? '' : t(`found.${found.source}`, { what: describe(found) })}</span>
      {problem === '' ? null : <p role="alert">{problem}</p>}
    </div>
  )
}
