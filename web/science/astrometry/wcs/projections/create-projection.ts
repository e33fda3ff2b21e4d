import type { ProjectionCode } from '../wcs'
import { makeBon, makePco } from './polyconic'
import { makeCod, makeCoe, makeCoo, makeCop } from './conic'
import { makeCar, makeCea, makeCyp, makeMer } from './cylindrical'
import { makeHpx, makeXph } from './healpix'
import { makeAzp, makeSin, makeStg, makeSzp, makeTan } from './perspective'
import type { Projection, ProjectionMaker } from './projection'
import { makeAit, makeMol, makePar, makeSfl } from './pseudo-cylindrical'
import { makeCsc, makeQsc, makeTsc } from './quad-cube'
import { makeAir, makeArc, makeZea, makeZpn } from './zenithal'

const MAKERS: Readonly<Record<ProjectionCode, ProjectionMaker>> = {
  AZP: makeAzp,
  SZP: makeSzp,
  TAN: makeTan,
  STG: makeStg,
  SIN: makeSin,
  ARC: makeArc,
  ZPN: makeZpn,
  ZEA: makeZea,
  AIR: makeAir,
  CYP: makeCyp,
  CEA: makeCea,
  CAR: makeCar,
  MER: makeMer,
  SFL: makeSfl,
  PAR: makePar,
  MOL: makeMol,
  AIT: makeAit,
  COP: makeCop,
  COE: makeCoe,
  COD: makeCod,
  COO: makeCoo,
  BON: makeBon,
  PCO: makePco,
  TSC: makeTsc,
  CSC: makeCsc,
  QSC: makeQsc,
  HPX: makeHpx,
  XPH: makeXph,
}

/** All projections of the standard. */
export const PROJECTION_CODES = Object.keys(MAKERS) as ProjectionCode[]

/** The projection of a code with its parameters PVi_m; throws in words where it is none with them. */
export const createProjection = (
  code: ProjectionCode,
  parameters: readonly (number | undefined)[],
): Projection => MAKERS[code](parameters)
