import { AsterismError } from '../../core/errors'
import { checkProfile } from './parse-profile'
import type { InstrumentProfile } from './profile-schema'
import andorSolis from './profiles/andor-solis.json'
import apogee from './profiles/apogee.json'
import apogeeSuhora from './profiles/apogee-suhora.json'
import apt from './profiles/apt.json'
import astroart from './profiles/astroart.json'
import atik from './profiles/atik.json'
import cafos from './profiles/cafos.json'
import ccdsoft from './profiles/ccdsoft.json'
import dslr from './profiles/dslr.json'
import ekos from './profiles/ekos.json'
import fli from './profiles/fli.json'
import generic from './profiles/generic.json'
import lco from './profiles/lco.json'
import lco0m4 from './profiles/lco-0m4.json'
import lcoSinistro from './profiles/lco-sinistro.json'
import maximDl from './profiles/maxim-dl.json'
import microObservatory from './profiles/micro-observatory.json'
import moravian from './profiles/moravian.json'
import nina from './profiles/nina.json'
import osnT090 from './profiles/osn-t090.json'
import osnT150 from './profiles/osn-t150.json'
import prism from './profiles/prism.json'
import qhy from './profiles/qhy.json'
import qhy600 from './profiles/qhy600.json'
import qhy600Aifa from './profiles/qhy600-aifa.json'
import sbig from './profiles/sbig.json'
import sbigStl from './profiles/sbig-stl.json'
import seestarS50 from './profiles/seestar-s50.json'
import sgp from './profiles/sgp.json'
import sharpcap from './profiles/sharpcap.json'
import zwo from './profiles/zwo.json'
import zwoApt from './profiles/zwo-apt.json'
import zwoAsiair from './profiles/zwo-asiair.json'
import zwoColour from './profiles/zwo-colour.json'
import zwoMaxim from './profiles/zwo-maxim.json'
import zwoNina from './profiles/zwo-nina.json'
import zwoSharpcap from './profiles/zwo-sharpcap.json'

/** Of equals the first is taken: cameras before programs, and the one that takes what is left at the end. */
const FILES: readonly unknown[] = [
  microObservatory,
  apogeeSuhora,
  sbigStl,
  sbig,
  apogee,
  qhy600Aifa,
  qhy600,
  qhy,
  zwoNina,
  zwoSharpcap,
  zwoMaxim,
  zwoApt,
  zwoAsiair,
  zwoColour,
  zwo,
  seestarS50,
  lcoSinistro,
  lco0m4,
  lco,
  cafos,
  osnT090,
  osnT150,
  andorSolis,
  moravian,
  fli,
  atik,
  dslr,
  nina,
  sharpcap,
  maximDl,
  apt,
  sgp,
  ekos,
  ccdsoft,
  astroart,
  prism,
  generic,
]

let checked: readonly InstrumentProfile[] | null = null

/** Those that come with the app, checked like any from outside, once. */
export const listBuiltInProfiles = (): readonly InstrumentProfile[] => {
  checked ??= FILES.map((file) => {
    const { profile, faults } = checkProfile(file)
    if (profile === null) throw new AsterismError('bad-profile', faults.join(' '))
    return profile
  })
  return checked
}
