type NumericFunction = (...values: number[]) => number

/** Functions of numbers; the smallest and largest number of values that each takes. */
const FUNCTIONS = {
  abs: [1, 1, Math.abs],
  sqrt: [1, 1, Math.sqrt],
  log10: [1, 1, Math.log10],
  ln: [1, 1, Math.log],
  exp: [1, 1, Math.exp],
  floor: [1, 1, Math.floor],
  ceil: [1, 1, Math.ceil],
  round: [1, 2, (value: number, digits = 0) => Math.round(value * 10 ** digits) / 10 ** digits],
  min: [1, 20, Math.min],
  max: [1, 20, Math.max],
  sin: [1, 1, (degrees: number) => Math.sin((degrees * Math.PI) / 180)],
  cos: [1, 1, (degrees: number) => Math.cos((degrees * Math.PI) / 180)],
} as const satisfies Readonly<Record<string, readonly [number, number, NumericFunction]>>

export type FunctionName = keyof typeof FUNCTIONS

export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as FunctionName[]

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name)

export const FUNCTION_ARGUMENTS: Readonly<Record<FunctionName, readonly [number, number]>> =
  Object.fromEntries(
    Object.entries(FUNCTIONS).map(([name, [fewest, most]]) => [name, [fewest, most]]),
  ) as unknown as Record<FunctionName, readonly [number, number]>

export const callFunction = (name: FunctionName, values: readonly number[]): number =>
  FUNCTIONS[name][2](...(values as [number]))
