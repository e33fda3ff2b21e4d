import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FolderState } from '../../engine/folder-state'
import styles from './projects-io.module.css'

interface FolderStatusProps {
  readonly state: FolderState
  /** Translation keys: what it is when on. */
  readonly kind: 'watch' | 'mirror'
  readonly children?: ReactNode
}

/** How a folder stands: off, at work, waiting for a click, or what is wrong. */
export const FolderStatus = ({ state, kind, children }: FolderStatusProps) => {
  const { t } = useTranslation('projects-io')
  return (
    <div className={styles['state']} data-status={state.status} data-testid={`${kind}-state`}>
      <span className={styles['dot']} aria-hidden="true" />
      <b role="status">{t(`${kind}.status.${state.status}`, { folder: state.folder ?? '' })}</b>
      {state.message === null ? null : (
        <p role={state.status === 'error' ? 'alert' : undefined}>{state.message}</p>
      )}
      {children}
    </div>
  )
}
