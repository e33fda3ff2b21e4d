import { Component, Suspense, type ReactNode } from 'react'
import { Translation } from 'react-i18next'
import styles from './late-part.module.css'

/** A part of the page that may still be on its way, or may not come: then the rest goes on, and it is said. A new key is a new chance. */
export class LatePart extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (this.state.failed)
      return (
        <Translation ns="shell">
          {(t) => (
            <div className={styles['note']} role="alert">
              <p>{t('part.failed')}</p>
              <button type="button" className="button" onClick={() => location.reload()}>
                {t('part.reload')}
              </button>
            </div>
          )}
        </Translation>
      )
    return (
      <Suspense
        fallback={
          <Translation ns="shell">
            {(t) => (
              <p className={styles['note']} role="status">
                {t('part.loading')}
              </p>
            )}
          </Translation>
        }
      >
        {this.props.children}
      </Suspense>
    )
  }
}
