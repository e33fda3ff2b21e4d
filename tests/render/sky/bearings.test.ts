import { describe, expect, it } from 'vitest'
import { IDENTITY_TRANSFORM } from '../../../web/core/transform'
import { chooseScaleBar } from '../../../web/render/sky/choose-bar'
import { chooseDeclinationStep, chooseRightAscensionStep } from '../../../web/render/sky/choose-spacing'
import { findCompass } from '../../../web/render/sky/find-compass'
import { formatDeclinationLine, formatRightAscensionLine } from '../../../web/render/sky/format-line'
import type { FrameSky } from '../../../web/render/sky/frame-sky'
import { scaleQuiver } from '../../../web/render/sky/scale-quiver'

/** A flat sky about 0h on the equator: degrees per pixel of a matrix. */
const flatSky = (m: readonly [number, number, number, number]): FrameSky => ({
  width: 100,
  height: 100,
  toSky: (x, y, out) => {
    out[0] = (((m[0] * x + m[1] * y) % 360) + 360) % 360
    out[1] = m[2] * x + m[3] * y
    return true
  },
  toPixel: () => false,
})

describe('north and east', () => {
  it('points as the matrix says, mirrored or not, over 0h too', () => {
    const plain = findCompass(flatSky([-0.001, 0, 0, 0.001]), { x: 0, y: 0 }, IDENTITY_TRANSFORM)
    expect(plain?.east.x).toBeCloseTo(-1, 6)
    expect(plain?.north.y).toBeCloseTo(1, 6)
    expect(plain?.unitsPerDegree).toBeCloseTo(1000, 2)
    const mirrored = findCompass(flatSky([0.001, 0, 0, 0.001]), { x: 0, y: 0 }, IDENTITY_TRANSFORM)
    expect(mirrored?.east.x).toBeCloseTo(1, 6)
    // On a screen rows go down: north with them would be at the bottom.
    const flipped = findCompass(
      flatSky([-0.001, 0, 0, 0.001]),
      { x: 0, y: 0 },
      {
        ...IDENTITY_TRANSFORM,
        e: -1,
      },
    )
    expect(flipped?.north.y).toBeCloseTo(-1, 6)
  })

  it('turns with the field', () => {
    const angle = 0.5
    const [c, s] = [0.001 * Math.cos(angle), 0.001 * Math.sin(angle)]
    const compass = findCompass(flatSky([-c, s, s, c]), { x: 50, y: 50 }, IDENTITY_TRANSFORM)
    // The pixel vector that leads a degree north solves -c x + s y = 0, s x + c y = 1.
    expect(compass?.north.x).toBeCloseTo(Math.sin(angle), 5)
    expect(compass?.north.y).toBeCloseTo(Math.cos(angle), 5)
  })
})

describe('round numbers', () => {
  it.each([
    [0.7, 1],
    [1, 1],
    [1 / 60, 1 / 60],
    [0.9 / 60, 1 / 60],
    [1.1 / 3600, 2 / 3600],
    [0.4 / 3600, 0.5 / 3600],
  ])('asks for %f degrees of declination at least and gets %f', (least, step) => {
    expect(chooseDeclinationStep(least, 'sexagesimal')).toBeCloseTo(step, 12)
  })

  it('divides the circle without a rest', () => {
    for (let least = 80; least > 1e-5; least *= 0.83)
      for (const style of ['sexagesimal', 'degrees'] as const) {
        const count = 360 / chooseRightAscensionStep(least, style)
        expect(Math.abs(count - Math.round(count))).toBeLessThan(1e-6 * count)
      }
  })

  it('writes coordinates as short as the step allows', () => {
    expect(formatRightAscensionLine(31.25, 1.25, 'sexagesimal')).toBe('2h05m')
    expect(formatRightAscensionLine(360 - 1e-12, 0.25, 'sexagesimal')).toBe('0h00m')
    expect(formatRightAscensionLine(-0.0041666666667, 15 / 3600, 'sexagesimal')).toBe('23h59m59s')
    expect(formatRightAscensionLine(0.00208333333, 7.5 / 3600, 'sexagesimal')).toBe('0h00m00.5s')
    expect(formatRightAscensionLine(359.9999999, 0.05, 'degrees')).toBe('0.00°')
    expect(formatDeclinationLine(-0.5, 0.5, 'sexagesimal')).toBe('−0°30′')
    expect(formatDeclinationLine(1e-14, 0.5, 'sexagesimal')).toBe('0°00′')
    expect(formatDeclinationLine(46.674166666, 1 / 3600, 'sexagesimal')).toBe('+46°40′27″')
    expect(formatDeclinationLine(46.65, 0.05, 'degrees')).toBe('+46.65°')
  })

  it('measures with the longest bar that has room', () => {
    expect(chooseScaleBar(0.09)?.label).toBe('5′')
    expect(chooseScaleBar(1 / 3600)?.label).toBe('1″')
    expect(chooseScaleBar(1e-9)).toBeNull()
  })
})

describe('the quiver', () => {
  it('makes the usual arrow neither a point nor a spear, at any accuracy', () => {
    for (let rms = 0.004; rms < 40; rms *= 1.3) {
      const scale = scaleQuiver(rms)!
      expect(scale.unitsPerArcsecond * rms).toBeGreaterThan(12)
      expect(scale.unitsPerArcsecond * rms).toBeLessThan(45)
      expect(scale.legend.length).toBeGreaterThan(15)
      expect(scale.legend.length).toBeLessThan(60)
    }
  })

  it('has nothing to exaggerate where all stars are in their places', () => {
    expect(scaleQuiver(0)).toBeNull()
    expect(scaleQuiver(Number.NaN)).toBeNull()
  })
})
