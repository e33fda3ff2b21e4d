import { code, markdown, type NotebookCell } from './notebook-cell'
import type { NotebookPlan, OriginalFile } from './notebook-plan'
import { toPythonLines } from './python-literal'

/** What the notebook was tried with. */
const TESTED_WITH = {
  python: '3.11',
  packages: ['numpy==2.4.6', 'astropy==8.0.2', 'ccdproc==2.5.1'],
  photometry: 'photutils==3.0.0',
  cosmicRays: 'astroscrappy==1.3.0',
} as const

const listResults = ({ masters, lights, stacks, curves }: NotebookPlan): string => {
  const frames = lights.reduce((sum, group) => sum + group.lights.length, 0)
  const parts = [
    [masters.length, 'master frame'],
    [frames, 'calibrated frame'],
    [stacks.length, 'stack'],
    [curves.length, 'light curve'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(', ')
}

const usesCosmicRays = ({ lights }: NotebookPlan): boolean =>
  lights.some(({ recipe }) => recipe.cosmicRays != null)

const listImports = (plan: NotebookPlan): NotebookCell => {
  const packages = [
    ...TESTED_WITH.packages,
    ...(plan.curves.length > 0 ? [TESTED_WITH.photometry] : []),
    ...(usesCosmicRays(plan) ? [TESTED_WITH.cosmicRays] : []),
  ]
  return code(`
# Tested with Python ${TESTED_WITH.python} and these packages; to install them:
#   pip install ${packages.join(' ')}
import base64, bz2, csv, gzip, hashlib, io, math, sys, warnings, zipfile, zlib
from pathlib import Path

import astropy, ccdproc, numpy as np
import astropy.units as u
from astropy.io import fits
from astropy.modeling.models import Legendre1D
from astropy.nddata import CCDData, StdDevUncertainty
${plan.curves.length > 0 ? 'from astropy.stats import SigmaClip\nfrom photutils.aperture import ApertureStats, CircularAnnulus, CircularAperture\n' : ''}${usesCosmicRays(plan) ? 'import astroscrappy\n' : ''}
warnings.simplefilter("ignore", RuntimeWarning)  # numpy's, where a pixel has no value in any frame
warnings.simplefilter("ignore", astropy.utils.exceptions.AstropyWarning)  # astropy's, on unusual header cards
print("numpy", np.__version__, "- astropy", astropy.__version__, "- ccdproc", ccdproc.__version__)`)
}

const describeFiles = (files: readonly OriginalFile[]): string =>
  toPythonLines(
    Object.fromEntries(
      files.map(({ name, exposure, plane }) => [
        name,
        [exposure.path, exposure.sha256, exposure.pixels.hdu, ...(plane === null ? [] : [plane])],
      ]),
    ),
  )

const FIND = `
def unpack(data):
    """What gzip or bzip2 packed; anything else as it is."""
    if data[:2] == b"\\x1f\\x8b":
        return gzip.decompress(data)
    return bz2.decompress(data) if data[:3] == b"BZh" else data


def list_folder(folder):
    """For each file name in the folder, its subfolders and its zip files: where files of that name are."""
    places = {}
    for path in sorted(folder.rglob("*")):
        members = [None]
        if path.suffix.lower() == ".zip" and zipfile.is_zipfile(path):
            members = zipfile.ZipFile(path).namelist()
        elif not path.is_file():
            continue
        for member in members:
            name = Path(member or path).name
            for ending in (".gz", ".bz2"):
                name = name.removesuffix(ending)
            places.setdefault(name, []).append((path, member))
    return places


def read_bytes(place):
    path, member = place
    return unpack(path.read_bytes() if member is None else zipfile.ZipFile(path).read(member))


def find_original(name):
    """The place of an original: the file of its name whose SHA-256 is right."""
    path, sha256 = FILES[name][:2]
    places = PLACES.get(Path(path).name.removesuffix(".gz").removesuffix(".bz2"), [])
    for place in places:
        if hashlib.sha256(read_bytes(place)).hexdigest() == sha256:
            return place
    found = "another file has its name" if places else "no file has its name"
    raise FileNotFoundError(f"{path} is not in {FOLDER.resolve()} ({found}); set FOLDER above")


PLACES = list_folder(FOLDER)
ORIGINALS = {name: find_original(name) for name in FILES}
print(len(ORIGINALS), "originals are here, each with the SHA-256 that it should have")`

const READ = `
def read(name):
    """Pixels of an original in ADU. astropy applies BSCALE and BZERO, and BLANK pixels become NaN."""
    _, _, hdu, *plane = FILES[name]
    with fits.open(io.BytesIO(read_bytes(ORIGINALS[name]))) as hdus:
        pixels = np.atleast_2d(np.array(hdus[hdu].data, dtype=float))
    if plane:
        pixels = pixels.reshape(-1, *pixels.shape[-2:])[plane[0]]
    return CCDData(pixels, unit=u.adu)`

/** What the notebook is, what it needs, and where the originals are. */
export const listSetupCells = (plan: NotebookPlan, appVersion: string): NotebookCell[] => [
  markdown(`
# ${plan.title}

This notebook does again in Python what Asterism ${appVersion} did: ${listResults(plan)}, from the same files by the same steps, with
astropy and ccdproc. Its last cells compare the numbers of both. It was made from \`${plan.root}\`.
${plan.leftOut.length > 0 ? `\nNot done again here:\n\n${plan.leftOut.map((line) => `- ${line}`).join('\n')}\n` : ''}`),
  listImports(plan),
  markdown(`
## The files

Set \`FOLDER\` to the folder where your original files are. Its subfolders are searched too. A file may be packed by gzip or bzip2, or
be a member of a zip file; whatever else packs it (tar, 7z) has to be opened first.`),
  code(
    'FOLDER = Path(".")',
    'FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else ".")  # python3 notebook.py <folder>',
  ),
  markdown(
    'Every original: its path as it came into Asterism, the SHA-256 of its bytes (unpacked), and the number of the HDU that holds the pixels.',
  ),
  code(`FILES = ${describeFiles(plan.files)}`),
  code(FIND),
  code(READ),
]
