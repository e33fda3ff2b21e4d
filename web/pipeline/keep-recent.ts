/**
 * Answers that several parts of the work ask for again and again, each found once. Some are kept; when there are too many, all
 * are let go. One that failed is asked for again the next time.
 */
export const keepRecent = <Value>(most: number) => {
  const kept = new Map<string, Promise<Value>>()
  return (key: string, find: () => Promise<Value>): Promise<Value> => {
    const known = kept.get(key)
    if (known !== undefined) return known
    if (kept.size >= most) kept.clear()
    const found = find()
    kept.set(key, found)
    found.catch(() => kept.delete(key))
    return found
  }
}
