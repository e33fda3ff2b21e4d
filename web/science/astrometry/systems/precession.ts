import { evaluateArcseconds, multiply, transpose, turnAxes, type Matrix3 } from './rotate'

/** The four angles of Fukushima and Williams for the precession of the IAU 2006 with the frame bias of the ICRS (Hilton et al. 2006, Celest. Mech. Dyn. Astron. 94, 351, eqs. 25 to 27 and table 1), arcseconds by Julian centuries since J2000.0. */
const GAMMA = [-0.052928, 10.556378, 0.4932044, -0.00031238, -0.000002788, 0.000000026]
const PHI = [84381.412819, -46.811016, 0.0511268, 0.00053289, -0.00000044, -0.0000000176]
const PSI = [-0.041775, 5038.481484, 1.5584175, -0.00018522, -0.000026452, -0.0000000148]
const EPSILON = [84381.406, -46.836769, -0.0001831, 0.0020034, -0.000000576, -0.0000000434]

const toCenturies = (year: number): number => (year - 2000) / 100

/** ICRS to the mean equator and equinox of a Julian year. */
const precessIcrs = (year: number): Matrix3 => {
  const t = toCenturies(year)
  return multiply(
    turnAxes(0, -evaluateArcseconds(EPSILON, t)),
    turnAxes(2, -evaluateArcseconds(PSI, t)),
    turnAxes(0, evaluateArcseconds(PHI, t)),
    turnAxes(2, evaluateArcseconds(GAMMA, t)),
  )
}

/** Mean equator and equinox of J2000.0 to those of another Julian year, without the bias. */
export const precess = (year: number): Matrix3 => multiply(precessIcrs(year), transpose(precessIcrs(2000)))

/** ICRS to mean ecliptic and equinox of a Julian year (IAU 2006). */
export const turnToEcliptic = (year: number): Matrix3 =>
  multiply(turnAxes(0, evaluateArcseconds(EPSILON, toCenturies(year))), precessIcrs(year))
