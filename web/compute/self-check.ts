import { idleTask } from '../core/task'
import type { AnyKernel, Backend, Kernel, Tolerance } from './kernel'

type NumberArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array

const arraysOf = (output: unknown): NumberArray[] =>
  Object.values(output as Record<string, unknown>).filter(
    (value): value is NumberArray => ArrayBuffer.isView(value) && !(value instanceof DataView),
  )

const agree = (reference: number, fast: number, { abs, rel }: Tolerance): boolean =>
  Object.is(reference, fast) ||
  (Number.isNaN(reference) && Number.isNaN(fast)) ||
  reference === fast ||
  Math.abs(reference - fast) <= abs + rel * Math.abs(reference)

/** The first place where two results differ by more than the tolerance, in words; null when they agree. */
export const findDifference = (reference: unknown, fast: unknown, tolerance: Tolerance): string | null => {
  const fastArrays = arraysOf(fast)
  for (const [plane, expected] of arraysOf(reference).entries()) {
    const found = fastArrays[plane]
    if (found?.length !== expected.length) return `plane ${plane} has another length`
    for (let i = 0; i < expected.length; i++) {
      if (!agree(expected[i]!, found[i]!, tolerance))
        return `plane ${plane}, element ${i}: ${expected[i]} expected, ${found[i]} found`
    }
  }
  return null
}

/** Runs a kernel's sample on the reference and on a fast backend. Null when they agree, else what is wrong. */
export const checkKernel = async (
  kernel: AnyKernel,
  reference: Backend,
  fast: Backend,
): Promise<string | null> => {
  const typed = kernel as unknown as Kernel<unknown, unknown, unknown>
  const { params, input, output } = typed.sample()
  const [expected, found] = [output(), output()]
  try {
    await reference.run(typed, params, input, expected, idleTask())
    await fast.run(typed, params, input, found, idleTask())
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return findDifference(expected, found, kernel.tolerance)
}
