import { useEffect, useState } from 'react'
import type { ProfileTrial } from '../../ingest/instruments/try-profile'
import { useStudio } from '../kit/use-app'

/** Typing is waited for this long before the draft is tried. Milliseconds. */
const REST = 250

interface TrialState {
  /** The draft that the answer is about. */
  readonly of: unknown
  readonly trial: ProfileTrial | null
  readonly failure: string | null
}

/** What the draft would do, a moment after it changed last. The former answer stays until the next is there. */
export const useTrial = (draft: unknown, frame: string): TrialState => {
  const studio = useStudio()
  const [state, setState] = useState<TrialState>({ of: null, trial: null, failure: null })
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(() => {
      studio.tryProfile(draft, frame).then(
        (trial) => {
          if (wanted) setState({ of: draft, trial, failure: null })
        },
        (error: unknown) => {
          if (wanted)
            setState({
              of: draft,
              trial: null,
              failure: error instanceof Error ? error.message : String(error),
            })
        },
      )
    }, REST)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [studio, draft, frame])
  return state
}
