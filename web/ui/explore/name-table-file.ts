/** The name of a file of a table, without its ending. */
export const nameTableFile = (source: string): string => `asterism-${source.replaceAll(/[^\w-]+/g, '-')}`
