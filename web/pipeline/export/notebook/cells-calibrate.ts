import type { CalibrationRecipe } from '../../../core/reduced'
import { findFactors } from '../../strips/frame-recipe'
import { badPixelCall } from './cells-bad-pixels'
import { hasSky, listSkyCells } from './cells-sky'
import { combineArguments } from './cells-combine'
import { prepareCall, sizeArguments } from './cells-prepare'
import { code, markdown, type NotebookCell } from './notebook-cell'
import type { LightGroup, MasterToMake, NotebookPlan } from './notebook-plan'
import { toPython, toPythonLines } from './python-literal'

const CALIBRATE = `
def calibrate(frame, bias=None, dark=None, flat=None, bias_factor=1, dark_factor=1, pedestal=0, gain=None):
    """(frame - pedestal - bias - dark) / flat, in electrons where a gain is given, by ccdproc and with its propagation of errors."""

    def master(picture):  # its error matters only where the frame has one
        return picture if frame.uncertainty is not None else CCDData(picture.data, unit=picture.unit)

    if pedestal:
        frame = frame.subtract(pedestal * u.adu)
    if bias is not None and bias_factor:
        frame = ccdproc.subtract_bias(frame, master(bias).multiply(bias_factor))
    if dark is not None and dark_factor:
        times = dict(dark_exposure=1 * u.s, data_exposure=dark_factor * u.s)  # their ratio is what counts
        frame = ccdproc.subtract_dark(frame, master(dark), **times, scale=True)
    if flat is not None:
        frame = ccdproc.flat_correct(frame, master(flat), norm_value=1)
    if gain is not None:
        frame = ccdproc.gain_correct(frame, gain * u.electron / u.adu)
    return frame`

const NOISE = `
def with_noise(frame, gain, read_noise, zero):
    """The frame with the noise of its photons and its reading; zero is the part of its level that is no light."""
    light = frame.subtract(zero * u.adu)
    light = ccdproc.create_deviation(light, gain=gain * u.electron / u.adu, readnoise=read_noise * u.electron, disregard_nan=True)
    return CCDData(frame.data, unit=frame.unit, uncertainty=light.uncertainty)`

const NORMALISE = `
def normalise(flat, norm):
    """A flat over its level. Where it has 5 % of it or less, nothing was measured."""
    response = flat.data / norm
    dead = ~(response > np.float32(0.05))
    error = np.where(dead, np.nan, flat.uncertainty.array / norm)
    return CCDData(np.where(dead, np.nan, response), unit=u.dimensionless_unscaled, uncertainty=StdDevUncertainty(error))`

const COLOUR_LEVELS = `
def colour_levels(pixels, pattern, section=np.s_[:, :]):
    """For each pixel the level of its colour: each colour of a mosaic of filters is brought to 1 by itself."""
    height, width = pixels.shape
    letters = np.tile(np.array(list(pattern)).reshape(2, 2), (height // 2 + 1, width // 2 + 1))[:height, :width]
    levels = np.empty(pixels.shape)
    for letter in "RGB":
        own = letters == letter
        levels[own] = level(np.where(own, pixels, np.nan)[section])
    return levels`

const COSMIC_RAYS = `
def fill_cosmic_rays(frame, satlevel, **parameters):
    """L.A.Cosmic (van Dokkum 2001) by astroscrappy; pixels that were not hit stay as they are."""
    bad = ~np.isfinite(frame.data)
    pixels = np.where(bad, level(frame.data), frame.data).astype(np.float32)
    hit, cleaned = astroscrappy.detect_cosmics(pixels, inmask=bad, satlevel=satlevel, sepmed=True, cleantype="meanmask", **parameters)
    return CCDData(np.where(hit, cleaned, frame.data), unit=frame.unit, uncertainty=frame.uncertainty)`

const TAKE_COLOUR = `
def take_colour(frame, places):
    """The pixels of one colour, one for each cell of two by two; where a cell has two of them, their mean."""
    height, width = (side // 2 * 2 for side in frame.shape)
    data = [frame.data[row:height:2, column:width:2] for column, row in places]
    error = None
    if frame.uncertainty is not None:
        variances = [frame.uncertainty.array[row:height:2, column:width:2] ** 2 for column, row in places]
        error = StdDevUncertainty(np.sqrt(np.mean(variances, axis=0) / len(places)))
    return CCDData(np.mean(data, axis=0), unit=frame.unit, uncertainty=error)`

/** Python for the level of a frame without light after its raw corrections; null where nobody knows it. */
const zeroOf = (
  raw: CalibrationRecipe['raw'],
  bias: MasterToMake | null,
  pedestal: number,
): string | null => {
  if (raw?.overscan != null) return '0'
  if (bias !== null) return `level(${bias.name}.data)`
  return pedestal === 0 ? null : toPython(pedestal)
}

const callArguments = (values: Readonly<Record<string, string | null>>): string =>
  Object.entries(values)
    .flatMap(([name, value]) => (value === null ? [] : [`, ${name}=${value}`]))
    .join('')

/** A factor on a dark as the ratio of exposures that it is. */
const writeFactor = (factor: number, seconds: number | null, dark: MasterToMake | null): string => {
  const own = dark?.record.group.exposure
  const isRatio = seconds !== null && own != null && seconds / own === factor
  return isRatio ? `${toPython(seconds)} / ${toPython(own)}` : toPython(factor)
}

interface DarkUse {
  readonly bias: MasterToMake | null
  readonly dark: MasterToMake | null
  readonly darkFactor: number
  readonly seconds: number | null
}

const factorArguments = ({ bias, dark, darkFactor, seconds }: DarkUse) => {
  const factors = findFactors({ bias: bias?.record ?? null, dark: dark?.record ?? null, darkFactor })
  const ratio = writeFactor(darkFactor, seconds, dark)
  const isWhole = (factor: number): boolean => factor === 0 || factor === 1
  return {
    bias: factors.biasFactor === 0 ? null : (bias?.name ?? null),
    dark: factors.darkFactor === 0 ? null : (dark?.name ?? null),
    // A dark with its bias in it, scaled, takes a part of the bias with it.
    bias_factor: isWhole(factors.biasFactor) ? null : `1 - ${ratio}`,
    dark_factor: isWhole(factors.darkFactor) ? null : ratio,
  }
}

const describeMaster = ({ record, files, bias, dark, raw }: MasterToMake): string => {
  const { combine, kind } = record
  const from = [bias, dark].flatMap((master) => (master === null ? [] : [`\`${master.name}\``]))
  const way = combine.rejection === 'none' ? combine.method : `${combine.method} after ${combine.rejection}`
  const steps = [
    `${files.length} frame${files.length === 1 ? '' : 's'}`,
    raw === null ? '' : 'corrected as above',
    from.length === 0 ? '' : `less ${from.join(' and ')}`,
    kind === 'master-flat' ? 'each divided by its level' : '',
    `combined by the ${way}`,
    kind === 'master-flat' ? 'and divided by the level of the whole' : '',
  ]
  return `### \`${record.name}\`\n\n${steps.filter((step) => step !== '').join(', ')}.`
}

/** One number for all frames where it is the same, else a list beside that of the files. */
const perFrame = (name: string, values: readonly number[], neutral: number) => {
  const [value = neutral] = values
  const list = !values.every((own) => own === value)
  return { list, value, argument: list ? name : value === neutral ? null : toPython(value) }
}

const listMasterCells = (master: MasterToMake): NotebookCell[] => {
  const { name, record, raw, files, bias, dark, darkFactors, pedestals, seconds, region, mosaic } = master
  const cut = region === null ? '' : `[${name}_section]`
  const { combine, kind } = record
  const norm =
    mosaic === null
      ? `level(${name}.data${cut})`
      : `colour_levels(${name}.data, "${mosaic}"${region === null ? '' : `, ${name}_section`})`
  const isFlat = kind === 'master-flat'
  const uses = darkFactors.map((darkFactor, index) =>
    factorArguments({ bias, dark, darkFactor, seconds: seconds[index] ?? null }),
  )
  const [first] = uses
  const lists = (['bias_factor', 'dark_factor'] as const).flatMap((factor) =>
    uses.every((use) => use[factor] === first?.[factor])
      ? []
      : [[factor, `[${uses.map((use) => use[factor] ?? '1').join(', ')}]`] as const],
  )
  const pedestal = perFrame('pedestal', pedestals, 0)
  const own = {
    ...first,
    ...Object.fromEntries(lists.map(([factor]) => [factor, factor])),
    pedestal: pedestal.argument,
  }
  const loops = [
    ['name', `${name}_files`],
    ...lists,
    ...(pedestal.list ? [['pedestal', toPython(pedestals)]] : []),
  ]
  const over =
    loops.length === 1
      ? `for name in ${name}_files`
      : `for ${loops.map(([variable]) => variable).join(', ')} in zip(${loops.map(([, list]) => list).join(', ')})`
  const zero = zeroOf(raw, bias, pedestal.value)
  const prepared = prepareCall(
    raw,
    pedestal.list && raw?.overscan == null && bias === null ? 'pedestal' : zero,
  )
  const calls = callArguments(own)
  const scaled = isFlat || combine.scale === 'median'
  const size = `size_of(${name}_files[0]${sizeArguments(raw)})`
  const sized = scaled ? `${size} / levels[0]` : combine.method === 'sum' ? `${files.length} * ${size}` : size
  return [
    markdown(describeMaster(master)),
    code(`
${name}_files = ${toPythonLines(files)}
frames = [${calls === '' ? prepared : `calibrate(${prepared}${calls})`} ${over}]
${region === null ? '' : `${name}_section = np.s_[${region.y.join(':')}, ${region.x.join(':')}]  # its median is the level\n`}${scaled ? `levels = [level(frame.data${cut}) for frame in frames]\nframes = [frame.multiply(1 / own) for frame, own in zip(frames, levels)]\n` : ''}${name} = combine(frames, ${combineArguments(combine)})
${isFlat ? `${name} = normalise(${name}, ${norm})\n` : ''}summarise("${name}", ${name}, ${sized})`),
  ]
}

const cosmicRayCall = ({ cosmicRays }: CalibrationRecipe): string | null => {
  if (cosmicRays == null) return null
  const { sigclip, sigfrac, objlim, iterations, gain, readNoise, saturation } = cosmicRays
  // astroscrappy takes the level of saturation in electrons.
  const satlevel = saturation === null ? Number.POSITIVE_INFINITY : saturation * gain
  return `fill_cosmic_rays(frame${callArguments({
    satlevel: toPython(satlevel),
    sigclip: toPython(sigclip),
    sigfrac: toPython(sigfrac),
    objlim: toPython(objlim),
    gain: toPython(gain),
    readnoise: toPython(readNoise),
    niter: toPython(iterations),
  })})`
}

/** Python for the part of the level that is no light, which the noise of photons leaves out. */
const noiseZero = ({ bias, dark, recipe }: LightGroup): string => {
  const zero = zeroOf(recipe.raw, bias, recipe.pedestal ?? 0)
  return zero ?? (dark?.record.biasSubtracted === false ? `level(${dark.name}.data)` : '0')
}

const listLightCells = (group: LightGroup): NotebookCell[] => {
  const { name, bias, dark, flat, recipe, noise, lights } = group
  const raw = recipe.raw ?? null
  const { gain, channel, pedestal = 0 } = recipe
  const calls = callArguments({
    ...factorArguments({ bias, dark, darkFactor: recipe.darkFactor, seconds: group.seconds }),
    flat: flat?.name ?? null,
    pedestal: pedestal === 0 ? null : toPython(pedestal),
    gain: gain == null ? null : toPython(gain),
  })
  const cosmic = cosmicRayCall(recipe)
  const places = channel == null ? null : toPython(channel.places)
  const bad = badPixelCall(group, places)
  const lines = [
    `frame = ${prepareCall(raw, zeroOf(raw, bias, pedestal))}`,
    noise === null
      ? '# The gain of the camera is not known, and so the noise of the light is not: there is no uncertainty.'
      : `frame = with_noise(frame${callArguments({
          gain: toPython(noise.gain),
          read_noise: toPython(noise.readNoise),
          zero: noiseZero(group),
        })})`,
    `frame = calibrate(frame${calls})`,
    ...(places === null ? [] : [`frame = take_colour(frame, ${places})`]),
    ...(bad === null ? [] : [`frame = ${bad}`]),
    ...(hasSky(group) ? [`frame = even_sky(frame, *SKY[name])`] : []),
    ...(cosmic === null ? [] : [`frame = ${cosmic}`]),
    'return frame',
  ]
  const size = [
    `size = size_of(name${sizeArguments(raw)})`,
    ...(flat === null ? [] : [`size = size / ${flat.name}.data`]),
    ...(places === null ? [] : [`size = take_colour(CCDData(size, unit=u.adu), ${places}).data`]),
    `return ${gain == null ? 'size' : `${toPython(gain)} * size`}`,
  ]
  const indent = (text: readonly string[]) => text.map((line) => `    ${line}`).join('\n')
  return [
    markdown(
      `### ${lights.length === 1 ? `\`${lights[0]?.file ?? ''}\`` : `${lights.length} frames of one recipe`}`,
    ),
    code(`
def ${name}(name):
${indent(lines)}


def ${name}_size(name):
${indent(size)}


${name}_files = ${toPythonLines(lights.map(({ file }) => file))}
LIGHTS.update({name: (${name}, ${name}_size) for name in ${name}_files})`),
  ]
}

/** Masters in the order of their making. */
export const listMasters = ({ masters, lights }: NotebookPlan): NotebookCell[] => {
  if (masters.length === 0 && lights.length === 0) return []
  return [
    markdown(`
## Calibrating a frame

Bias and dark are taken off and what is left is divided by the flat. ccdproc carries the uncertainty along: squares of errors add up.`),
    code(CALIBRATE),
    ...(masters.some(({ record }) => record.kind === 'master-flat') ? [code(NORMALISE)] : []),
    ...(masters.some(({ mosaic }) => mosaic !== null) ? [code(COLOUR_LEVELS)] : []),
    ...(masters.length > 0 ? [markdown('## The masters')] : []),
    ...masters.flatMap(listMasterCells),
  ]
}

/** What is done to each light, as a function; they are called further down. */
export const listLights = ({ lights }: NotebookPlan): NotebookCell[] => {
  if (lights.length === 0) return []
  return [
    markdown('## The lights\n\nWhat is done to each of them, as functions that the loop below calls.'),
    ...(lights.some(({ noise }) => noise !== null) ? [code(NOISE)] : []),
    ...(lights.some(({ recipe }) => recipe.channel != null) ? [code(TAKE_COLOUR)] : []),
    ...(lights.some(({ recipe }) => recipe.cosmicRays != null) ? [code(COSMIC_RAYS)] : []),
    code('LIGHTS = {}  # for each file the function that calibrates it, and one for the size of its numbers'),
    ...listSkyCells(lights),
    ...lights.flatMap(listLightCells),
  ]
}
