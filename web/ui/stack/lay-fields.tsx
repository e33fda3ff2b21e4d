import { GRID_KINDS } from '../../core/sky-grid'
import { STACK_INTERPOLATIONS } from '../../core/stack'
import type { StackChoices, StackParameters } from '../../pipeline/stack/stack-choices'
import { CenterField } from './center-field'
import { ChoiceField, NumberField, SwitchField } from './stack-field'

interface FieldsProps {
  readonly parameters: StackParameters
  /** Of the frames that are ticked, those whose place on the sky nobody knows. */
  readonly unplaced: number
  readonly disabled: boolean
  readonly onChange: (choices: StackChoices) => void
}

const METHODS = ['stars', 'wcs', 'none'] as const
const EXTENTS = ['reference', 'all', 'common'] as const

type Grid = Exclude<StackParameters['grid'], string>

const readGrid = (grid: StackParameters['grid']): Grid =>
  typeof grid === 'string' ? { kind: grid, projection: 'TAN' } : grid

/** A grid of which nothing but its kind is said has a short name. */
const writeGrid = (grid: Grid): StackParameters['grid'] => {
  const said = Object.fromEntries(Object.entries(grid).filter(([, value]) => value !== undefined)) as Grid
  const { kind } = said
  return kind !== 'chosen' && Object.keys(said).length === 2 ? kind : said
}

/** How frames come to lie on one another, and on which pixels. */
export const LayFields = ({ parameters, unplaced, disabled, onChange }: FieldsProps) => {
  const { method, interpolation, pixfrac, solve, zoom } = parameters
  const grid = readGrid(parameters.grid)
  const extent = grid.extent ?? (grid.kind === 'reference' ? 'reference' : 'all')
  const change = (changes: Partial<Grid>) => onChange({ grid: writeGrid({ ...grid, ...changes }) })
  const number = (
    key: 'scale' | 'rotation' | 'width' | 'height',
    least: number,
    most: number,
    unit: string,
  ) => (
    <NumberField
      id={key === 'scale' ? 'pixelScale' : key}
      value={grid[key] ?? null}
      least={least}
      most={most}
      unit={unit}
      placeholder="–"
      disabled={disabled}
      onChange={(value) => change({ [key]: value ?? undefined })}
    />
  )
  return (
    <>
      <ChoiceField
        id="method"
        value={method}
        options={METHODS}
        disabled={disabled}
        onChange={(value) =>
          onChange({
            method: value,
            ...(value === 'none' ? { zoom: 1 } : {}),
            ...(value === 'wcs' ? {} : { solve: false }),
          })
        }
      />
      {method === 'wcs' ? (
        <>
          {unplaced > 0 || solve ? (
            <SwitchField
              id="solve"
              value={solve}
              disabled={disabled}
              onChange={(value) => onChange({ solve: value })}
            />
          ) : null}
          <ChoiceField
            id="grid"
            value={grid.kind}
            options={GRID_KINDS}
            disabled={disabled}
            onChange={(kind) => onChange({ grid: writeGrid({ kind, projection: 'TAN' }) })}
          />
          <ChoiceField
            id="extent"
            value={extent}
            options={EXTENTS}
            disabled={disabled}
            onChange={(value) =>
              change({
                extent: value === (grid.kind === 'reference' ? 'reference' : 'all') ? undefined : value,
              })
            }
          />
          {grid.kind === 'chosen' ? (
            <>
              <CenterField
                value={grid.center ?? null}
                disabled={disabled}
                onChange={(center) => change({ center: center ?? undefined })}
              />
              {number('scale', 1e-4, 36_000, '″')}
              {number('rotation', -360, 360, '°')}
              {number('width', 1, 65_500, 'px')}
              {number('height', 1, 65_500, 'px')}
            </>
          ) : null}
        </>
      ) : null}
      {method === 'none' ? null : (
        <>
          <ChoiceField
            id="interpolation"
            value={interpolation}
            options={STACK_INTERPOLATIONS}
            disabled={disabled}
            onChange={(value) => onChange({ interpolation: value })}
          />
          {interpolation === 'drizzle' ? (
            <NumberField
              id="pixfrac"
              value={pixfrac}
              least={0.01}
              most={1}
              disabled={disabled}
              onChange={(value) => onChange({ pixfrac: value ?? 0.8 })}
            />
          ) : null}
          <NumberField
            id="zoom"
            value={zoom}
            least={0.1}
            most={8}
            unit="×"
            disabled={disabled}
            onChange={(value) => onChange({ zoom: value ?? 1 })}
          />
        </>
      )}
    </>
  )
}
