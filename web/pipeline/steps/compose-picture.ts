import type { CompositeInput, CompositeRecord } from '../../core/composite'
import { effectiveFacts } from '../../core/frame'
import { hashRecipe, idFromHash } from '../../core/ids'
import { proposeColours, type CompositePalette } from '../../science/colour/palettes'
import { gatherComposite, type GatheredComposite } from '../composite/gather-composite'
import type { WantedChannel } from '../composite/plan-composite'
import type { CompositeRoom } from '../composite/read-source'
import { settleLook, type WantedLook } from '../composite/settle-look'
import { findExposure } from '../find-exposure'
import type { StepDefinition } from '../step'
import { STEP_VERSIONS } from '../step-versions'
import type { Workspace } from '../../storage/workspace'

interface Parameters extends WantedLook {
  readonly channels: readonly WantedChannel[]
  readonly luminance: string | null
  readonly palette: CompositePalette
  readonly name: string | null
}

interface Input {
  readonly id: string
  readonly room: CompositeRoom
  readonly sources: readonly CompositeInput[]
  readonly parameters: Parameters
}

/** A colour of a mosaic is taken where a frame has one; where it is not said, all of a frame. */
const settlePart = async (
  workspace: Workspace,
  { frame, part, role }: Pick<WantedChannel, 'frame' | 'part' | 'role'>,
): Promise<CompositeInput> => {
  if (part !== null) return { frame, part }
  if (role === null) return { frame, part: 'whole' }
  const reduced = await workspace.reduced.get(frame)
  const exposure = await findExposure(workspace, reduced?.exposure ?? frame)
  const hasMosaic =
    exposure !== undefined &&
    effectiveFacts(exposure).bayerPattern != null &&
    reduced?.calibration.channel == null
  return { frame, part: hasMosaic ? role : 'whole' }
}

const namePicture = (object: string | null, filters: readonly (string | null)[]): string =>
  [object, filters.flatMap((filter) => filter ?? []).join(' + ')].filter(Boolean).join(' · ') || 'picture'

const describe = (record: CompositeRecord) => {
  const { measures, look, balance } = record
  return {
    result: {
      frame: record.id,
      width: record.width,
      height: record.height,
      balance,
      gains: look.inputs.map(({ gain }) => gain),
      gainErrors: measures.fit?.errors ?? null,
      stars: measures.fit?.used ?? null,
      minimum: look.inputs.map(({ minimum }) => minimum),
      stretch: look.stretch,
      q: look.q,
      matched: measures.matched,
      rms: measures.rms,
    },
    outputs: [record.id],
  }
}

/** Lays frames of different filters on one grid, finds their skies and the balance of their colours, and keeps a picture in colour as a recipe. */
export const composePicture: StepDefinition<Input, GatheredComposite> = {
  name: 'compose-picture',
  load: async ({ step, workspace, frames, compute }) => {
    const parameters = step.parameters as unknown as Parameters
    const wanted = [
      ...parameters.channels,
      ...(parameters.luminance === null ? [] : [{ frame: parameters.luminance, part: null, role: null }]),
    ]
    const sources = await Promise.all(wanted.map((channel) => settlePart(workspace, channel)))
    const recipe = {
      step: 'compose-picture',
      version: STEP_VERSIONS['compose-picture'],
      sources,
      ...parameters,
    }
    const id = idFromHash('composite', await hashRecipe(recipe))
    const known = await workspace.composites.get(id)
    if (known !== undefined) return describe(known)
    return { id, room: { workspace, frames, compute }, sources, parameters }
  },
  compute: ({ room, sources }, task) => gatherComposite(room, sources, null, task),
  save: async ({ width, height, facts, measures }, { id, sources, parameters }, { step, workspace }) => {
    const labels = facts.map(({ label }) => label)
    const proposed = proposeColours(
      labels.slice(0, parameters.channels.length).map(({ filter }) => filter),
      parameters.palette,
    )
    const colours = sources.map(
      (_, index) => parameters.channels[index]?.colour ?? proposed[index] ?? ([0, 0, 0] as const),
    )
    const luminance = parameters.luminance === null ? null : sources.length - 1
    const { look, balance } = settleLook(parameters, measures, colours, luminance)
    const [first] = facts
    const object = first?.object ?? null
    const record: CompositeRecord = {
      id,
      name:
        parameters.name ??
        namePicture(
          object,
          labels.map(({ filter }) => filter),
        ),
      order: step.order,
      sources,
      labels,
      measures,
      look,
      balance,
      inputs: [...new Set(facts.flatMap(({ inputs }) => inputs))],
      width,
      height,
      object,
      telescope: first?.telescope ?? '',
      instrument: first?.instrument ?? '',
      night: first?.night ?? '',
      dateObs: facts.flatMap(({ dateObs }) => dateObs ?? []).toSorted()[0] ?? null,
      flags: measures.alignment.includes('wcs') ? ['aligned-by-wcs'] : [],
      createdAt: Date.now(),
    }
    await workspace.composites.put(record)
    return describe(record)
  },
}
