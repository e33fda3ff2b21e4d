import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CompositeLook, CompositeRecord } from '../../core/composite'
import type { CompositePreview } from '../../pipeline/composite/preview-composite'
import { isAbortError } from '../../core/errors'
import { proposeLook } from '../../science/colour/propose-look'
import { useApp, useStudio } from '../kit/use-app'
import { listCandidates, orderChannels, proposeChannels, type Channel } from './list-candidates'
import {
  changePicture,
  keepHistory,
  redoPicture,
  startHistory,
  undoPicture,
  type PictureChoice,
  type PictureHistory,
} from './picture-history'

const channelsOf = ({ sources, look }: CompositeRecord): Channel[] =>
  sources.map(({ frame, part }, index) => ({
    frame,
    part,
    colour: look.inputs[index]?.colour ?? [1, 1, 1],
    brightness: look.luminance === index,
  }))

const colourLook = (look: CompositeLook, channels: readonly Channel[]): CompositeLook => {
  const bright = channels.findIndex(({ brightness }) => brightness)
  return {
    ...look,
    luminance: bright < 0 ? null : bright,
    inputs: look.inputs.map((input, index) => ({
      ...input,
      colour: channels[index]?.colour ?? input.colour,
    })),
  }
}

const proposeChoice = (preview: CompositePreview, channels: readonly Channel[]): PictureChoice => {
  const { fit } = preview.measures
  const bright = channels.findIndex(({ brightness }) => brightness)
  return {
    look: proposeLook(
      preview.measures,
      channels.map(({ colour }) => colour),
      bright < 0 ? null : bright,
    ),
    balance: fit?.method ?? 'none',
  }
}

const keyOf = (channels: readonly Channel[]): string =>
  JSON.stringify(channels.map(({ frame, part }) => [frame, part]))

export type PictureChange = (control: string, change: (choice: PictureChoice) => PictureChoice) => void

/** A picture in the making: its frames, what they are like, and what is set on it. */
export const usePicture = () => {
  const studio = useStudio()
  const { exposures, reduced, stacks, composites, loaded } = useApp((state) => state.library)
  const open = useApp((state) => state.pictures.open)
  const tellError = useApp((state) => state.notices.tellError)
  const candidates = useMemo(
    () => listCandidates({ exposures, reduced, stacks }),
    [exposures, reduced, stacks],
  )
  const kept = useMemo(() => composites.find(({ id }) => id === open) ?? null, [composites, open])
  const [channels, setChannels] = useState<readonly Channel[]>([])
  const [preview, setPreview] = useState<CompositePreview | null>(null)
  const [history, setHistory] = useState<PictureHistory | null>(null)
  const [progress, setProgress] = useState<number | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const shown = useRef('')
  const started = useRef<string | null>(null)

  // A kept picture begins with its own frames and look, a new one with a proposal.
  useEffect(() => {
    if (!loaded || started.current === (kept?.id ?? '')) return
    if (kept === null && candidates.length === 0) return
    started.current = kept?.id ?? ''
    // One that was just kept is on the screen already.
    if (kept !== null && keyOf(channelsOf(kept)) === shown.current) {
      const choice = { look: kept.look, balance: kept.balance }
      setChannels(channelsOf(kept))
      setHistory((before) => (before === null ? startHistory(choice) : keepHistory(before, choice)))
      return
    }
    shown.current = ''
    setChannels(kept === null ? proposeChannels(candidates) : channelsOf(kept))
  }, [loaded, kept, candidates])

  const key = keyOf(channels)
  useEffect(() => {
    if (channels.length === 0 || shown.current === key) return
    const controller = new AbortController()
    setProgress(0)
    setFailure(null)
    const sources = channels.map(({ frame, part }) => ({ frame, part }))
    const own = kept !== null && keyOf(channelsOf(kept)) === key ? kept : null
    studio
      .previewComposite(
        { sources, measures: own?.measures ?? null },
        {
          signal: controller.signal,
          onProgress: ({ done, total }) => setProgress(done / Math.max(1, total)),
        },
      )
      .then((made) => {
        if (controller.signal.aborted) return
        shown.current = key
        setPreview(made)
        setHistory(
          startHistory(
            own === null ? proposeChoice(made, channels) : { look: own.look, balance: own.balance },
          ),
        )
        setProgress(null)
      })
      .catch((error: unknown) => {
        if (controller.signal.aborted || isAbortError(error)) return
        setProgress(null)
        setFailure(error)
        tellError(error)
      })
    return () => controller.abort()
    // Colours and roles do not change what has to be read.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, studio, kept])

  const change: PictureChange = useCallback((control, make) => {
    setHistory((before) =>
      before === null ? null : changePicture(before, make(before.now), { control, at: Date.now() }),
    )
  }, [])
  const chooseChannels = (next: readonly Channel[]): void => {
    const ordered = orderChannels(next)
    setChannels(ordered)
    if (keyOf(ordered) !== key) return
    change('channels', (choice) => ({ ...choice, look: colourLook(choice.look, ordered) }))
  }
  return {
    candidates,
    channels,
    chooseChannels,
    preview: shown.current === key ? preview : null,
    choice: shown.current === key ? (history?.now ?? null) : null,
    start: history?.start ?? null,
    change,
    undo: () => setHistory((before) => (before === null ? null : undoPicture(before))),
    redo: () => setHistory((before) => (before === null ? null : redoPicture(before))),
    canUndo: (history?.past.length ?? 0) > 0,
    canRedo: (history?.future.length ?? 0) > 0,
    progress,
    failure,
    kept,
  }
}

export type PictureInMaking = ReturnType<typeof usePicture>
