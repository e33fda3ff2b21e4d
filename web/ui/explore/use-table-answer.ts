import { useEffect, useState } from 'react'
import { toAsterismError } from '../../core/errors'
import type { QueryAnswer, TableQuery } from '../../core/table-query'
import { useStudio } from '../kit/use-app'

export interface TableAnswer {
  /** What was asked for last and answered; null until the first answer. */
  readonly query: TableQuery | null
  readonly answer: QueryAnswer | null
  readonly failure: string | null
  readonly busy: boolean
}

/** While somebody types, the worker is asked this long after the last letter. Milliseconds. */
const PATIENCE = 120

/** The answer to what is asked now; until it comes, the one before stays, so that nothing flickers while a person types. */
export const useTableAnswer = (wanted: TableQuery): TableAnswer => {
  const studio = useStudio()
  const [state, setState] = useState<TableAnswer>({ query: null, answer: null, failure: null, busy: true })
  const key = JSON.stringify(wanted)
  useEffect(() => {
    const query = JSON.parse(key) as TableQuery
    let stale = false
    setState((before) => ({
      ...before,
      busy: true,
      // Columns of another table mean nothing here.
      ...(before.query?.source === query.source ? {} : { query: null, answer: null, failure: null }),
    }))
    const timer = setTimeout(() => {
      studio.tables.ask(query).then(
        (answer) => {
          if (stale) return
          setState((before) =>
            // A filter that is wrong leaves the rows of the last right one.
            answer.problem !== null && before.answer !== null
              ? { ...before, answer: { ...before.answer, problem: answer.problem }, busy: false }
              : { query, answer, failure: null, busy: false },
          )
        },
        (error: unknown) => {
          if (!stale)
            setState({ query: null, answer: null, failure: toAsterismError(error).message, busy: false })
        },
      )
    }, PATIENCE)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [studio, key])
  return state
}
