/** Gives the person a file, under a name. */
export const saveFile = (name: string, content: Blob | string, type = 'application/octet-stream'): void => {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads the address after this turn; a minute is ample and the memory comes back.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
