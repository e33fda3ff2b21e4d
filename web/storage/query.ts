import { AsterismError } from '../core/errors'
import type { Row, TableName } from '../core/work-order'
import { cameraRows } from './rows/camera-rows'
import { epochRows, exposureRows } from './rows/exposure-rows'
import { masterRows, reducedRows } from './rows/frame-rows'
import { lightCurveRows } from './rows/light-curve-rows'
import { photometryRows } from './rows/photometry-rows'
import type { RowFilter, RowSource } from './rows/row-source'
import { solutionRows } from './rows/solution-rows'
import { sourceRows } from './rows/source-rows'
import { logRows, orderRows, projectRows, stepRows, targetRows } from './rows/work-rows'
import type { Workspace } from './workspace'

/** Tables of the contract that nothing is made for yet: they exist and are empty. */
const nothingYet: RowSource = () => Promise.resolve([])

const SOURCES: Readonly<Record<TableName, RowSource>> = {
  epochs: epochRows,
  exposures: exposureRows,
  masters: masterRows,
  reduced: reducedRows,
  sources: sourceRows,
  photometry: photometryRows,
  lightcurves: lightCurveRows,
  cmds: nothingYet,
  polarimetry: nothingYet,
  spectra: nothingYet,
  work_orders: orderRows,
  steps: stepRows,
  log: logRows,
  projects: projectRows,
  targets: targetRows,
  cameras: cameraRows,
  solutions: solutionRows,
}

const matches = (row: Row, conditions: readonly (readonly [string, unknown])[]): boolean =>
  conditions.every(([column, wanted]) =>
    Array.isArray(wanted) ? wanted.includes(row[column]) : row[column] === wanted,
  )

/**
 * Rows of a table as plain objects; columns, units and scales are in docs/scripting.md. A filter is equality on any
 * column, a list meaning one of; a column that no row has matches nothing. Every row has `flags` and `inputs`.
 */
export const queryTable = async (
  workspace: Workspace,
  table: TableName,
  filter: RowFilter = {},
): Promise<Row[]> => {
  // Scripts come without a compiler.
  if (!Object.hasOwn(SOURCES, table)) {
    throw new AsterismError('not-found', `There is no table '${table}'.`, { table })
  }
  const conditions = Object.entries(filter).filter(([, wanted]) => wanted !== undefined)
  const rows = await SOURCES[table](workspace, Object.fromEntries(conditions))
  return conditions.length === 0 ? rows : rows.filter((row) => matches(row, conditions))
}
