import type { LogRecord } from '../../core/work-order'

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** One line of the log for a person: time in UTC, level, what happened, and what it concerns. */
export const writeLogLine = ({ time, level, order, step, message, context }: LogRecord): string => {
  const about = [
    order === null ? null : `order ${order}`,
    step === null ? null : `step ${step}`,
    ...Object.entries(context).map(([key, value]) => `${key} ${String(value)}`),
  ].filter((part) => part !== null)
  const tail = about.length === 0 ? '' : ` (${oneLine(about.join(', '))})`
  return `${new Date(time).toISOString()}  ${level.padEnd(7)}  ${oneLine(message)}${tail}`
}

/** The log as text, oldest line first, or as one JSON object a line for programs. */
export const writeLog = (lines: readonly LogRecord[], format: 'text' | 'jsonl'): string =>
  lines
    .toSorted((a, b) => a.time - b.time)
    .map((line) => `${format === 'text' ? writeLogLine(line) : JSON.stringify(line)}\n`)
    .join('')
