import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrderRecord, StepRecord, WorkOrder } from '../../core/work-order'
import { openProvenance } from '../../state/open-provenance'
import { useApp, useAppStore, useStudio } from '../kit/use-app'
import { NotebookExportMenu } from '../kit/notebook-export-menu'
import { saveFile } from '../kit/save-file'
import { LogSection } from './log-section'
import styles from './orders-panel.module.css'

const countStates = (
  steps: readonly StepRecord[],
): { name: string; done: number; failed: number; open: number }[] => {
  const names = [...new Set(steps.map((step) => step.name))]
  return names.map((name) => {
    const own = steps.filter((step) => step.name === name)
    const count = (...states: StepRecord['state'][]) =>
      own.filter((step) => states.includes(step.state)).length
    return { name, done: count('done'), failed: count('failed', 'skipped'), open: count('queued', 'running') }
  })
}

const useSteps = (order: OrderRecord): readonly StepRecord[] => {
  const studio = useStudio()
  const [steps, setSteps] = useState<readonly StepRecord[]>([])
  useEffect(() => {
    let wanted = true
    void studio.listSteps(order.id).then((list) => {
      if (wanted) setSteps(list)
    })
    return () => {
      wanted = false
    }
  }, [studio, order])
  return steps
}

const OrderCard = ({ order }: { readonly order: OrderRecord }) => {
  const { t, i18n } = useTranslation('orders')
  const submit = useApp((state) => state.orders.submit)
  const cancel = useApp((state) => state.orders.cancel)
  const steps = useSteps(order)
  const store = useAppStore()
  const made = steps.findLast((step) => step.outputs.length > 0)?.outputs[0]
  const again = (request: WorkOrder['request']) => void submit({ request, parameters: { order: order.id } })
  const failures = steps.filter((step) => step.failure !== null)
  const seconds = order.seconds.toLocaleString(i18n.language, { maximumFractionDigits: 1 })
  return (
    <article className={styles['order']} data-status={order.status}>
      <header>
        <b>{t(`request.${order.order.request}`, { defaultValue: order.order.request })}</b>
        <span>{t(`status.${order.status}`)}</span>
        <span>{order.seconds > 0 ? t('seconds', { seconds }) : ''}</span>
        <time>{new Date(order.createdAt).toLocaleString(i18n.language)}</time>
      </header>
      {order.failure === null ? null : <p role="alert">{order.failure.message}</p>}
      <ul>
        {countStates(steps).map(({ name, done, failed, open }) => (
          <li key={name}>
            <span>{t(`step.${name}`, { defaultValue: name })}</span>
            <span>
              {[
                t('done', { count: done }),
                failed > 0 ? t('failed', { count: failed }) : null,
                open > 0 ? t('open', { count: open }) : null,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {failures.length === 0 ? null : (
        <details>
          <summary>{t('reasons', { count: failures.length })}</summary>
          <ul>
            {failures.slice(0, 100).map((step) => (
              <li key={step.id}>
                <span>{t(`step.${step.name}`, { defaultValue: step.name })}</span>
                <span>{step.failure?.message}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className={styles['actions']}>
        {order.status === 'running' ? (
          <button type="button" className="chip" onClick={cancel}>
            {t('cancel')}
          </button>
        ) : (
          <>
            {order.status === 'done' ? null : (
              <button type="button" className="chip" onClick={() => again('resume_file_batch')}>
                {t('resume')}
              </button>
            )}
            <button type="button" className="chip" onClick={() => again('restart_file_batch')}>
              {t('restart')}
            </button>
          </>
        )}
        <button
          type="button"
          className="chip"
          onClick={() =>
            saveFile(`${order.id}.json`, JSON.stringify(order.order, null, 2), 'application/json')
          }
        >
          {t('export')}
        </button>
        {made === undefined || order.status === 'running' ? null : (
          <>
            <NotebookExportMenu id={order.id} name={order.id} />
            <button type="button" className="chip" onClick={() => openProvenance(store, made)}>
              {t('provenance:show')}
            </button>
          </>
        )}
      </div>
    </article>
  )
}

/** Every order with its steps, what failed and why, and what can be done about it. */
export const OrdersPanel = () => {
  const { t } = useTranslation('orders')
  const { list, submit, refresh } = useApp((state) => state.orders)
  const tellError = useApp((state) => state.notices.tellError)
  const file = useRef<HTMLInputElement>(null)
  useEffect(() => void refresh(), [refresh])
  const importOrder = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    try {
      const { id: _former, ...order } = JSON.parse(await chosen.text()) as WorkOrder
      await submit(order)
    } catch (error) {
      tellError(error)
    }
  }
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        <button type="button" className="ghost" onClick={() => file.current?.click()}>
          {t('import')}
        </button>
        <input
          ref={file}
          type="file"
          accept="application/json,.json"
          hidden
          aria-label={t('import')}
          onChange={(event) => void importOrder(event.target.files?.[0])}
        />
      </header>
      {list.length === 0 ? <p className={styles['empty']}>{t('empty')}</p> : null}
      {list.toReversed().map((order) => (
        <OrderCard key={order.id} order={order} />
      ))}
      <LogSection />
    </section>
  )
}
