/** What the page's style sheets give the parts of a plot, which a file of its own must carry along. */
const KEPT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'font-size',
  'font-family',
  'text-anchor',
] as const

const inlineStyles = (from: Element, to: Element): void => {
  const style = getComputedStyle(from)
  for (const name of KEPT) {
    const value = style.getPropertyValue(name)
    if (value !== '') to.setAttribute(name, value)
  }
  for (let index = 0; index < from.children.length; index++) {
    const [inner, copy] = [from.children[index], to.children[index]]
    if (inner !== undefined && copy !== undefined) inlineStyles(inner, copy)
  }
}

/** Plots one above the other as one SVG file that looks as they do on the page. */
export const exportSvg = (plots: readonly SVGSVGElement[], title: string): string => {
  const width = Math.max(1, ...plots.map((plot) => plot.clientWidth))
  const height = plots.reduce((sum, plot) => sum + plot.clientHeight, 0)
  const file = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  file.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  file.setAttribute('viewBox', `0 0 ${width} ${height}`)
  file.setAttribute('width', String(width))
  file.setAttribute('height', String(height))
  const name = document.createElementNS('http://www.w3.org/2000/svg', 'title')
  name.textContent = title
  const back = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  back.setAttribute('width', '100%')
  back.setAttribute('height', '100%')
  back.setAttribute('fill', getComputedStyle(document.body).backgroundColor)
  file.append(name, back)
  let top = 0
  for (const plot of plots) {
    const copy = plot.cloneNode(true) as SVGSVGElement
    inlineStyles(plot, copy)
    for (const attribute of ['class', 'role', 'tabindex', 'aria-label', 'aria-roledescription'])
      copy.removeAttribute(attribute)
    copy.setAttribute('y', String(top))
    top += plot.clientHeight
    file.append(copy)
  }
  return new XMLSerializer().serializeToString(file)
}

/** The same as a picture, twice as fine as the screen. */
export const exportPng = async (plots: readonly SVGSVGElement[], title: string): Promise<Blob> => {
  const text = exportSvg(plots, title)
  const picture = new Image()
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = 2 * picture.naturalWidth
  canvas.height = 2 * picture.naturalHeight
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('the picture could not be made')) : resolve(blob)),
      'image/png',
    )
  })
}
