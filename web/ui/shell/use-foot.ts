import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useStudio } from '../kit/use-app'
import type { FootFacts, RunningWork } from './foot-bar'

/** What is going on and how the machine stands, for the bottom line. */
export const useFoot = (): { work: RunningWork | null; facts: FootFacts } => {
  const { t } = useTranslation('orders')
  const studio = useStudio()
  const { progress, lastSeconds, cancel } = useApp((state) => state.orders)
  const { storage, canWrite } = useApp((state) => state.library)
  const { progress: intake, cancel: cancelIntake } = useApp((state) => state.intake)
  const [threads, setThreads] = useState(1)
  const [offline, setOffline] = useState(!navigator.onLine)
  useEffect(() => {
    studio.backends().then(
      ({ wasm }) => setThreads(wasm.threads),
      () => undefined,
    )
    const change = () => setOffline(!navigator.onLine)
    window.addEventListener('online', change)
    window.addEventListener('offline', change)
    return () => {
      window.removeEventListener('online', change)
      window.removeEventListener('offline', change)
    }
  }, [studio])
  const watch = useApp((state) => state.project.watch)
  const facts: FootFacts = {
    watch:
      watch.status === 'off'
        ? null
        : t(`projects-io:watch.status.${watch.status}`, { folder: watch.folder ?? '' }),
    lastSeconds,
    threads,
    usedBytes: storage?.usedBytes ?? 0,
    quotaBytes: storage?.quotaBytes ?? 0,
    canWrite,
    offline,
  }
  if (intake !== null) {
    return {
      facts,
      work: {
        label: t('takingIn'),
        done: intake.done,
        total: intake.total,
        secondsLeft: null,
        onCancel: cancelIntake,
      },
    }
  }
  if (progress === null) return { facts, work: null }
  const label = progress.step === '' ? t(`request.${progress.request}`) : t(`step.${progress.step}`)
  return {
    facts,
    work: {
      label,
      done: progress.done,
      total: progress.total,
      secondsLeft: progress.secondsLeft,
      onCancel: cancel,
    },
  }
}
