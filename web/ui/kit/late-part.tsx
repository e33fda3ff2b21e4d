import { Component, Suspense, type ReactNode } from 'react'
import { Translation } from 'react-i18next'
import styles from './late-part.module.css'

/** A part of the page that may still be on its way, or may not come: then the rest goes on, and it is said. A new `name` is a new chance. */
export class LatePart extends Component<
  { readonly name: string; readonly children: ReactNode },
  { readonly failed: string | null }
> {
  override state = { failed: null }

  static getDerivedStateFromError(): { readonly failed: string } {
    return { failed: '' }
  }

  override componentDidUpdate(before: { readonly name: string }): void {
    if (this.state.failed !== null && before.name !== this.props.name) this.setState({ failed: null })
  }

  override render(): ReactNode {
    if (this.state.failed !== null)
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
