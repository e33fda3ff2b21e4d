import type { ReactNode } from 'react'
import styles from './card.module.css'

interface CardProps {
  readonly title?: ReactNode
  readonly children?: ReactNode
  readonly tone?: 'plain' | 'hint' | 'warn'
}

/** A few sentences in a box: a choice explained, something to check. */
export const Card = ({ title, children, tone = 'plain' }: CardProps) => (
  <div className={styles['card']} data-tone={tone}>
    {title === undefined ? null : <b>{title}</b>}
    {children}
  </div>
)

/** A heading and what belongs under it. */
export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className={styles['section']}>
    <h2>{title}</h2>
    {children}
  </section>
)

export interface Fact {
  readonly label: ReactNode
  readonly value: ReactNode
  /** Where the value came from or what it means; shown on hover and to screen readers. */
  readonly note?: string
}

/** Names and values in two columns. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl className={styles['facts']}>
    {facts.map(({ label, value, note }, index) => (
      <div key={index} title={note}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
