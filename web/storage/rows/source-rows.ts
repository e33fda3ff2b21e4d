import { describeFlags } from '../../core/flags'
import { orNull, readAsked, type RowSource } from './row-source'

/** A row for each star found, the brightest of each frame first. Positions on that frame, in pixels. */
export const sourceRows: RowSource = async (workspace, filter) => {
  const lists = await readAsked(workspace.sources, filter, {
    id: 'list',
    indexes: { frame: 'frame', exposure: 'exposure' },
  })
  return lists.flatMap((list) =>
    Array.from(list.x, (x, star) => ({
      list: list.id,
      frame: list.frame,
      exposure: list.exposure,
      order: list.order,
      star,
      x: orNull(x),
      y: orNull(list.y[star]),
      flux: orNull(list.flux[star]),
      peak: orNull(list.peak[star]),
      fwhm: orNull(list.fwhm[star]),
      elongation: orNull(list.elongation[star]),
      unit: 'adu',
      flags: describeFlags(list.flags[star] ?? 0),
      inputs: [list.frame],
    })),
  )
}
