const MARGIN = 8

/** Under the button, or above it where there is more room, and never beyond the window. */
export const placePopover = (menu: HTMLElement, button: HTMLElement): void => {
  const at = button.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const below = at.bottom + 4
  const top = below + height + MARGIN <= window.innerHeight ? below : Math.max(MARGIN, at.top - 4 - height)
  const left = Math.max(MARGIN, Math.min(at.right - width, window.innerWidth - width - MARGIN))
  menu.style.top = `${top}px`
  menu.style.left = `${left}px`
}
