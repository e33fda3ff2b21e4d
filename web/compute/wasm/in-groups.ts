/**
 * A kernel that works on whole groups of pixels, over any length: all groups from the start, then the last group once more, as far
 * back as it must lie to be whole. Its overlap is computed twice, with the same result. Fewer pixels than one group are not for it.
 */
export const runInGroups = (
  length: number,
  group: number,
  run: (first: number, pixels: number) => void,
): void => {
  const whole = length - (length % group)
  run(0, whole)
  if (whole < length) run(length - group, group)
}
