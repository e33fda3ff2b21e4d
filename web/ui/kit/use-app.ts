import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Studio } from '../../engine/studio'
import type { AppState, AppStore } from '../../state/app-state'

export interface AppMachine {
  readonly store: AppStore
  readonly studio: Studio
}

/** Given once by the composition root; panels reach the page's memory and the machine through it. */
export const AppContext = createContext<AppMachine | null>(null)

const useMachine = (): AppMachine => {
  const machine = useContext(AppContext)
  if (machine === null) throw new Error('this component needs an AppContext above it')
  return machine
}

export const useApp = <Value>(select: (state: AppState) => Value): Value =>
  useStore(useMachine().store, select)
export const useStudio = (): Studio => useMachine().studio
export const useAppStore = (): AppStore => useMachine().store
