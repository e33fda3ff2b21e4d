/**
 * Whether a text is like a pattern in which `*` stands for any run of characters and `?` for any one. Letters count alike, small or
 * capital. Profiles come from outside, so there are no regular expressions in them: this takes at most pattern times text steps.
 */
export const matchGlob = (pattern: string, text: string): boolean => {
  const wanted = pattern.toLowerCase()
  const given = text.toLowerCase()
  let at = 0
  let star = -1
  let resume = 0
  let next = 0
  while (next < given.length) {
    if (at < wanted.length && wanted[at] === '*') {
      star = at++
      resume = next
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[next])) {
      at++
      next++
    } else if (star >= 0) {
      // The last star takes one character more; those before it never have to be tried again.
      at = star + 1
      next = ++resume
    } else return false
  }
  while (wanted[at] === '*') at++
  return at === wanted.length
}
