import { precess } from './precession'
import { evaluateArcseconds, multiply, turnAxes, type Matrix3 } from './rotate'

const milliarcseconds = (value: number): number => evaluateArcseconds([value / 1000], 0)

/** ICRS to FK5 at J2000.0 (Kaplan 2005, USNO Circular 179, section 3.4: eta0 = -19.9, xi0 = 9.1, dalpha0 = -22.9 milliarcseconds). */
const BIAS = multiply(
  turnAxes(0, milliarcseconds(19.9)),
  turnAxes(1, milliarcseconds(9.1)),
  turnAxes(2, milliarcseconds(-22.9)),
)

/**
 * ICRS to FK5 of an equinox. Precession is that of the IAU 2006, as in astropy: the catalogue's own of 1976 differs by 0.3 arcseconds in a
 * century, which matters to nobody who gives positions in FK5 of another equinox than J2000 today.
 */
export const turnToFk5 = (equinox: number): Matrix3 => multiply(precess(equinox), BIAS)
