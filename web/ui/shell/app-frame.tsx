import type { ReactNode } from 'react'
import styles from './app-frame.module.css'

interface AppFrameProps {
  readonly top: ReactNode
  readonly rail: ReactNode
  /** What there is: nights, groups, frames. */
  readonly side: ReactNode
  readonly main: ReactNode
  /** What it means; null leaves its room to the picture. */
  readonly inspector: ReactNode | null
  /** What is going on. */
  readonly foot: ReactNode
  /** On a small screen one of the sheets lies over the picture. */
  readonly sheet: 'none' | 'side' | 'inspector'
  readonly labels: { readonly side: string; readonly inspector: string }
}

/** The page: picture in the middle, what there is on the left, what it means on the right, what is going on below. */
export const AppFrame = ({ top, rail, side, main, inspector, foot, sheet, labels }: AppFrameProps) => (
  <div className={styles['frame']} data-inspector={inspector !== null} data-sheet={sheet}>
    <header className={styles['top']}>{top}</header>
    <div className={styles['rail']}>{rail}</div>
    <aside className={styles['side']} aria-label={labels.side}>
      {side}
    </aside>
    <main className={styles['main']}>{main}</main>
    {inspector === null ? null : (
      <aside className={styles['inspector']} aria-label={labels.inspector}>
        {inspector}
      </aside>
    )}
    <footer className={styles['foot']}>{foot}</footer>
  </div>
)
