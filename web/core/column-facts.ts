import type { ColumnType, TimeFrame } from './table'
import type { TableName } from './work-order'

/** What a column of a table of the workspace means, for whoever shows it or writes it to a file. */
export interface ColumnFacts {
  /** 'words' are lists of texts, written with ';' between them; 'record' is anything else, written as JSON. */
  readonly type: Extract<ColumnType, 'boolean' | 'int32' | 'int64' | 'float64' | 'text'> | 'words' | 'record'
  /** As FITS and VOTable spell it; 'as-unit-column' where each row says it in its own column `unit`. */
  readonly unit: string | null
  readonly description: string
  /** Unified content descriptor (UCD1+). */
  readonly ucd?: string
  readonly time?: TimeFrame
}

/** The unit of a flux is that of its row: electrons where the gain is known, else ADU. */
export const AS_UNIT_COLUMN = 'as-unit-column'

const text = (description: string, ucd?: string): ColumnFacts => ({
  type: 'text',
  unit: null,
  description,
  ...(ucd === undefined ? {} : { ucd }),
})
const number = (unit: string | null, description: string, ucd?: string): ColumnFacts => ({
  ...text(description, ucd),
  type: 'float64',
  unit,
})
const count = (description: string, ucd = 'meta.number'): ColumnFacts => ({
  ...text(description, ucd),
  type: 'int32',
})
const truth = (description: string): ColumnFacts => ({ ...text(description, 'meta.code'), type: 'boolean' })
const words = (description: string, ucd?: string): ColumnFacts => ({
  ...text(description, ucd),
  type: 'words',
})
const record = (description: string): ColumnFacts => ({ ...text(description), type: 'record' })
const moment = (description: string): ColumnFacts => ({
  ...number('ms', `${description}, milliseconds since 1970-01-01 UTC`),
  type: 'int64',
})

const JD_UTC_MID: ColumnFacts = {
  ...number('d', 'Julian date, UTC at the site, middle of the exposure', 'time.epoch'),
  time: { scale: 'UTC', place: 'TOPOCENTER' },
}
const BJD_TDB_MID: ColumnFacts = {
  ...number('d', 'Barycentric Julian date, TDB, middle of the exposure', 'time.epoch'),
  time: { scale: 'TDB', place: 'BARYCENTER' },
}

/** Columns that mean the same wherever they stand. */
const COMMON = {
  id: text('Identifier in the workspace', 'meta.id'),
  name: text('Name', 'meta.id'),
  path: text('Folder and file as it came in', 'meta.id;meta.file'),
  sha256: text('SHA-256 of the original bytes', 'meta.checksum'),
  bytesId: text('Key of the stored bytes', 'meta.id'),
  batch: text('Batch that it came in with', 'meta.id'),
  order: text('Work order that made it', 'meta.id'),
  table: text('Photometry table', 'meta.id;meta.table'),
  measurement: text('Measurement of one frame', 'meta.id'),
  frame: text('Frame that was measured', 'meta.id;meta.file'),
  exposure: text('Exposure that the frame was made from', 'meta.id;meta.file'),
  kind: text('Kind of frame', 'meta.code.class;obs.exposure'),
  stage: text('How far the frame has come', 'meta.code.status'),
  state: text('State', 'meta.code.status'),
  status: text('State', 'meta.code.status'),
  telescope: text('Telescope', 'instr.tel'),
  instrument: text('Instrument', 'instr'),
  night: text('Night at the site, from noon to noon', 'time.epoch;obs'),
  filter: text('Filter', 'meta.id;instr.filter'),
  object: text('Object', 'meta.id;src'),
  dateObs: text('Start of the exposure, ISO 8601, UTC', 'time.start;obs.exposure'),
  exposureSeconds: number('s', 'Exposure time', 'time.duration;obs.exposure'),
  width: count('Pixels in a row', 'meta.number'),
  height: count('Rows', 'meta.number'),
  binning: words('Pixels read as one, along x and y', 'instr.param'),
  gain: number('electron/adu', 'Gain', 'arith.factor;instr.det'),
  gainSetting: number(null, 'Gain setting of the camera, good for matching frames only', 'instr.setup'),
  readNoise: number('electron', 'Read noise, one sigma', 'instr.det.noise'),
  temperature: number(null, 'Temperature of the sensor, degrees Celsius', 'phys.temperature;instr.det'),
  saturation: number('adu', 'Level from which a pixel cannot be trusted', 'instr.saturation'),
  rightAscension: number('deg', 'Right ascension of the pointing, ICRS', 'pos.eq.ra;instr.tel'),
  declination: number('deg', 'Declination of the pointing, ICRS', 'pos.eq.dec;instr.tel'),
  pixelScale: number('arcsec/pix', 'Scale', 'instr.scale;instr.pixel'),
  pedestal: number('adu', 'Added to every pixel before it was written', 'instr.param'),
  subtracted: text('What the camera or its program took off before the frame was written', 'meta.code'),
  pixelSize: number('um', 'Size of a pixel as it is stored, binning included', 'phys.size;instr.pixel'),
  focalLength: number('mm', 'Focal length', 'instr.tel.focalLength'),
  bayerPattern: text('Colours of the first two pixels of the first two rows', 'instr.param'),
  rowOrder: text('Which row of the picture comes first in the file', 'instr.param'),
  mirrored: truth('The picture shows the sky as a mirror does'),
  overscan: text('Pixels that saw no light, counted from 1', 'instr.param'),
  trim: text('Pixels to be kept, counted from 1', 'instr.param'),
  airmass: number(null, 'Airmass in the middle of the exposure', 'obs.airMass'),
  fwhm: number('pix', 'Full width of the stars at half maximum', 'phys.angSize;instr.det.psf'),
  jd_utc_mid: JD_UTC_MID,
  bjd_tdb_mid: BJD_TDB_MID,
  unit: text('Unit of fluxes and levels', 'meta.unit'),
  flags: words('What is to be known before this row is trusted', 'meta.code.qual'),
  inputs: words('Identifiers of what it was made from', 'meta.id.parent'),
  warnings: words('What was odd when it was read', 'meta.note'),
  createdAt: moment('Made'),
  ingestedAt: moment('Taken in'),
  startedAt: moment('Begun'),
  endedAt: moment('Ended'),
  frameCount: count('Frames that went in', 'meta.number;obs.image'),
  seconds: number('s', 'Time that the work took', 'time.duration'),
} satisfies Readonly<Record<string, ColumnFacts>>

const MEASURED = {
  x: number(
    'pix',
    'Position along x, 0-based: the centre of the first pixel is 0',
    'pos.cartesian.x;instr.det',
  ),
  y: number(
    'pix',
    'Position along y, 0-based: the centre of the first pixel is 0',
    'pos.cartesian.y;instr.det',
  ),
  flux: number(AS_UNIT_COLUMN, 'Flux in the aperture, sky taken off', 'phot.count;em.opt'),
  flux_error: number(AS_UNIT_COLUMN, 'Error of the flux, one sigma', 'stat.error;phot.count;em.opt'),
  peak: number(AS_UNIT_COLUMN, 'Brightest pixel', 'phot.count;stat.max'),
  sky: number(AS_UNIT_COLUMN, 'Sky in a pixel', 'instr.skyLevel'),
  sky_sigma: number(AS_UNIT_COLUMN, 'Scatter of the sky pixels, one sigma', 'stat.stdev;instr.skyLevel'),
  star: text('Name of the star', 'meta.id;src'),
  role: text('target, comparison, check or field', 'meta.code.class;src'),
  radius: number('pix', 'Radius of the aperture', 'phys.angSize.smajAxis;instr.param'),
} satisfies Readonly<Record<string, ColumnFacts>>

const CURVE = {
  lightcurve: text('Light curve', 'meta.id'),
  target: text('Name of the target', 'meta.id;src'),
  radius: MEASURED.radius,
  detrended: number(null, 'Relative flux over its trend', 'phot.flux;arith.ratio'),
  trend: number(null, 'Trend of the relative flux', 'phot.flux;arith.ratio;stat.fit'),
  x: MEASURED.x,
  y: MEASURED.y,
  sky: MEASURED.sky,
  target_flux: number(AS_UNIT_COLUMN, 'Flux of the target', 'phot.count;em.opt'),
  ensemble_flux: number(AS_UNIT_COLUMN, 'Flux of the comparisons together', 'phot.count;em.opt'),
  error_photon: number(null, 'Part of the error: photons of the target', 'stat.error;phot.flux'),
  error_sky: number(null, 'Part of the error: photons of the sky', 'stat.error;instr.skyLevel'),
  error_read: number(null, 'Part of the error: read noise', 'stat.error;instr.det.noise'),
  error_comparisons: number(null, 'Part of the error: comparison stars', 'stat.error;phot.flux'),
} satisfies Readonly<Record<string, ColumnFacts>>
const RELATIVE_FLUX = number(null, 'Target over ensemble, 1 outside the dip', 'phot.flux;arith.ratio')
const RELATIVE_FLUX_ERROR = number(
  null,
  'Error of the relative flux, one sigma',
  'stat.error;phot.flux;arith.ratio',
)

/** Columns of the file that one light curve is written to: shorter than its rows, and with the names that other programs use. */
const CURVE_FILE = {
  ...CURVE,
  rel_flux: RELATIVE_FLUX,
  rel_flux_error: RELATIVE_FLUX_ERROR,
  fwhm_px: COMMON.fwhm,
} satisfies Readonly<Record<string, ColumnFacts>>

const REGISTERED = {
  bias: text('Master bias', 'meta.id;meta.calibLevel'),
  dark: text('Master dark', 'meta.id;meta.calibLevel'),
  flat: text('Master flat', 'meta.id;meta.calibLevel'),
  darkFactor: number(null, 'Factor on the dark', 'arith.factor'),
  reference: text('Frame whose grid it has', 'meta.id;meta.file'),
  dx: number('pix', 'Shift along x against the reference', 'pos.cartesian.x;arith.diff'),
  dy: number('pix', 'Shift along y against the reference', 'pos.cartesian.y;arith.diff'),
  rotation: number('deg', 'Rotation against the reference, from x towards y', 'pos.posAng'),
  scale: number(null, 'Scale against the reference', 'arith.factor'),
  flipped: truth('True where it is a mirror picture of the reference'),
  matched: count('Stars that agree with the reference'),
  rms: number('pix', 'Scatter of the stars that agree', 'stat.stdev;pos'),
  transform: record('Positions on the reference to positions on this frame, six numbers'),
} satisfies Readonly<Record<string, ColumnFacts>>

const MADE = {
  exposure: COMMON.exposureSeconds,
  median: number(AS_UNIT_COLUMN, 'Median of the pixels', 'stat.value;stat.median'),
  deviation: number(AS_UNIT_COLUMN, 'Scatter of the pixels', 'stat.stdev'),
  rejectedFraction: number(null, 'Part of the values that was left out', 'stat.value'),
  level: number(AS_UNIT_COLUMN, 'Level in the middle of the frame', 'stat.value;stat.mean'),
  noise: number('adu', 'Noise of one of its frames; the read noise for a bias', 'stat.stdev'),
  darkCurrent: number('adu/s', 'Dark current of a usual pixel', 'stat.value;instr.det'),
  hotPixels: count('Pixels of a dark above the threshold'),
  hotThreshold: number(
    'adu',
    'Height above the level from which a pixel counts as hot',
    'stat.value;stat.min',
  ),
  coldPixels: count('Pixels far below the level, or, of a flat, that see less than half of the light'),
  averagedNoise: number(AS_UNIT_COLUMN, 'Noise of the mean of its frames', 'stat.stdev'),
  averagedNoisePredicted: number(AS_UNIT_COLUMN, 'The same as it should be', 'stat.stdev'),
  patternRange: number(AS_UNIT_COLUMN, 'Range of what changes slowly over the frame', 'stat.value'),
  measuredGain: number('electron/adu', 'Gain from pairs of flats', 'instr.param'),
  flatBefore: text('Last flat of the same filter before it', 'meta.id'),
  flatScatter: number(null, 'Scatter of this flat over the last one', 'stat.stdev'),
  biasSubtracted: truth('True where the bias was taken off before combining'),
  jdUtcMid: { ...JD_UTC_MID, description: 'Julian date, UTC, middle of its frames' },
  frames: words('Frames that went in', 'meta.id.parent'),
  combine: record('How the frames were combined'),
  backends: words('What computed it', 'meta.id;meta.software'),
} satisfies Readonly<Record<string, ColumnFacts>>

const OWN: Readonly<Partial<Record<FactsTable, Readonly<Record<string, ColumnFacts>>>>> = {
  exposures: {
    exposure: COMMON.exposureSeconds,
    excluded: truth('True where a person left it out'),
    level: number('adu', 'Median of all pixels of the raw frame', 'stat.value;stat.median'),
    noise: number('adu', 'Noise of a pixel, from differences of neighbours', 'stat.stdev'),
    saturatedFraction: number(null, 'Part of the pixels that is saturated', 'instr.saturation'),
    background: number('adu', 'Sky of the raw frame', 'instr.skyLevel'),
    elongation: number(null, 'Longer axis of the stars over the shorter one', 'phys.size.axisRatio'),
    starCount: count('Stars that were found', 'meta.number'),
    profile: text('Instrument profile that was recognised', 'instr.setup'),
    corrected: words('Facts that a person put right', 'meta.note'),
    site: record('Where the telescope stands'),
    planes: count('Planes of a cube', 'meta.number;obs.image'),
    cube: text('Cube that it is a plane of', 'meta.id'),
    plane: count('Number of the plane in its cube, counted from 1', 'meta.number;obs.image'),
    originalFormat: text('Format of the file that it was converted from', 'meta.code'),
    originalSha256: text('SHA-256 of the file that it was converted from', 'meta.checksum'),
    sources: record('Where each fact was taken from'),
  },
  epochs: {
    instruments: words('Instruments', 'instr'),
    filters: words('Filters', 'meta.id;instr.filter'),
    objects: words('Objects', 'meta.id;src'),
    ...Object.fromEntries(
      ['frames', 'bias', 'dark', 'flat', 'arc', 'light', 'unknown', 'excluded'].map((name) => [
        name,
        count(name === 'frames' ? 'Frames' : `Frames: ${name}`, 'meta.number;obs.image'),
      ]),
    ),
    dateObsFirst: text('Start of the first exposure, ISO 8601, UTC', 'time.start;obs'),
    dateObsLast: text('Start of the last exposure, ISO 8601, UTC', 'time.end;obs'),
  },
  masters: { ...MADE, exposure: COMMON.exposureSeconds },
  cameras: {
    filters: words('Filters of its flats', 'meta.id;instr.filter'),
    measuredGain: MADE.measuredGain,
    measuredGainError: number('electron/adu', 'Error of the gain, one sigma', 'stat.error;instr.param'),
    statedGain: number('electron/adu', 'Gain as header or profile say it', 'instr.param'),
    noise: number('adu', 'Read noise from pairs of bias frames', 'stat.stdev;instr.det.noise'),
    noiseError: number('adu', 'Error of that, one sigma', 'stat.error;instr.det.noise'),
    readNoiseError: number('electron', 'Error of the read noise, one sigma', 'stat.error;instr.det.noise'),
    fullWell: number('adu', 'Level above the bias where flats stop growing noisier', 'instr.saturation'),
    darkCurrent: MADE.darkCurrent,
    darkCurrentError: number('adu/s', 'Error of the dark current, one sigma', 'stat.error;instr.det'),
    darkDoubling: number(null, 'Degrees that double the dark current', 'phys.temperature;arith.diff'),
    nonlinearity: number(
      null,
      'Largest distance of a flat from the line of level and exposure, in parts of it',
      'stat.fit.residual;stat.max',
    ),
    hotPixels: MADE.hotPixels,
    hotThreshold: MADE.hotThreshold,
  },
  solutions: {
    exposure: text('Exposure that it is the place of', 'meta.id'),
    rightAscension: number('deg', 'Right ascension of the middle of the frame, ICRS', 'pos.eq.ra;meta.main'),
    declination: number('deg', 'Declination of the middle of the frame, ICRS', 'pos.eq.dec;meta.main'),
    pixelScale: number('arcsec/pix', 'Scale of the original', 'instr.scale'),
    rotation: number('deg', 'Where the y axis points, from north through east', 'pos.posAng'),
    centerError: number('arcsec', 'Standard error of each coordinate of the middle', 'stat.error;pos.eq'),
    scaleError: number('arcsec/pix', 'Standard error of the scale', 'stat.error;instr.scale'),
    rotationError: number('deg', 'Standard error of the rotation', 'stat.error;pos.posAng'),
    parity: count('-1: the sky as it is seen; 1: mirrored', 'meta.code'),
    sipOrder: count('Order of the distortion, 1: none', 'meta.number'),
    matched: count('Stars that are on the frame and in the catalogue', 'meta.number;src'),
    unmatchedStars: count('Stars of the frame that the catalogue does not have', 'meta.number;src'),
    unmatchedReferences: count('Stars of the catalogue that were not found on the frame', 'meta.number;src'),
    rms: number('arcsec', 'Root mean square distance of the matched stars', 'stat.fit.residual'),
    rmsPixels: number('pix', 'The same in pixels', 'stat.fit.residual'),
    logOdds: number(null, 'Natural logarithm of how much likelier it is than chance', 'stat.likelihood'),
    catalogue: text('Catalogue of the stars', 'meta.id'),
    epoch: number('yr', 'Julian year that the stars were moved to', 'time.epoch'),
    hint: text('What told where to look', 'meta.code'),
    neighbour: text('Exposure whose solution helped', 'meta.id'),
  },
  reduced: { ...MADE, ...REGISTERED, exposure: COMMON.exposure },
  sources: {
    ...MEASURED,
    list: text('List of the stars of one frame', 'meta.id'),
    star: count('Number of the star, 0 is the brightest', 'meta.id;src'),
    elongation: number(null, 'Longer axis over the shorter one', 'phys.size.axisRatio'),
  },
  photometry: MEASURED,
  lightcurves: { ...CURVE, flux: RELATIVE_FLUX, flux_error: RELATIVE_FLUX_ERROR },
  'light-curve': CURVE_FILE,
  work_orders: {
    request: text('What was asked for', 'meta.code'),
    frames: words('Frames that it was to work on', 'meta.id'),
    parameters: record('Its parameters'),
    order: record('The order as it was submitted'),
    failure: record('Why it failed'),
  },
  steps: {
    index: count('Place in the plan', 'meta.number'),
    frames: words('Frames that it works on', 'meta.id'),
    after: words('Steps that it comes after', 'meta.id'),
    attempts: count('Times that it was begun'),
    outputs: words('What it made', 'meta.id'),
    parameters: record('Its parameters'),
    result: record('What it found'),
    failure: record('Why it failed'),
  },
  log: {
    time: moment('Written'),
    level: text('info, warning or error', 'meta.code.class'),
    step: text('Step', 'meta.id'),
    message: text('What happened', 'meta.note'),
    context: record('Particulars'),
  },
}

/** A table of the workspace, or the file that one light curve is written to. */
export type FactsTable = TableName | 'light-curve'

/** What is known of the columns of a table, by name: its own meanings before those that are the same everywhere. */
export const listColumnFacts = (table: FactsTable): Readonly<Record<string, ColumnFacts>> => ({
  ...COMMON,
  ...OWN[table],
})

/** What is known of a column of a table; undefined where nobody has said what it means. */
export const findColumnFacts = (table: FactsTable, column: string): ColumnFacts | undefined => {
  const facts = listColumnFacts(table)
  return Object.hasOwn(facts, column) ? facts[column] : undefined
}
