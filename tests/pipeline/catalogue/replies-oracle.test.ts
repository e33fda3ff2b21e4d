import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findSource } from '../../../web/science/catalogue/catalogue-sources'
import { readReply } from '../../../web/science/catalogue/read-reply'
import { readVotable } from '../../../web/science/tables/read-votable'
import { runOracle } from '../../support/run-oracle'
import { GAIA_FIELDS, GAIA_ROWS, writeBinary2, writeTableData } from '../../support/sky-replies'

const SCRIPT = `
import json, sys
import numpy as np
from astropy.io.votable import parse_single_table
table = parse_single_table(sys.argv[1], verify='exception').array
print(json.dumps({
    name: [None if np.ma.is_masked(v) or v != v else (str(v) if name == 'Source' else float(v)) for v in table[name]]
    for name in table.dtype.names
}))
`

test('answers that the tests make up are VOTables to astropy, which reads the same stars out of them', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'asterism-replies-'))
  const script = join(folder, 'read.py')
  writeFileSync(script, SCRIPT)
  const gaia = findSource('gaia-dr3')!
  for (const [name, text] of [
    ['tabledata', writeTableData(GAIA_FIELDS, GAIA_ROWS)],
    ['binary2', writeBinary2(GAIA_FIELDS, GAIA_ROWS)],
  ] as const) {
    const file = join(folder, `${name}.vot`)
    writeFileSync(file, text)
    const told = JSON.parse(runOracle(context, 'python3', [script, file])) as Record<
      string,
      (number | string | null)[]
    >
    const { stars } = readReply(readVotable(new TextEncoder().encode(text))[0]!, gaia, gaia.tables[0])
    const orNull = (values: ArrayLike<number>): (number | null)[] =>
      Array.from(values, (value) => (Number.isNaN(value) ? null : value))
    const single = (column: string): (number | null)[] =>
      (told[column] ?? []).map((value) => (value === null ? null : Math.fround(Number(value))))
    expect(stars.identifiers).toEqual(told['Source'])
    expect([...stars.rightAscension]).toEqual(told['RA_ICRS'])
    expect([...stars.declination]).toEqual(told['DE_ICRS'])
    expect(orNull(stars.motion!.east)).toEqual(single('pmRA'))
    expect(orNull(stars.parallax!.error)).toEqual(single('e_Plx'))
    for (const band of stars.bands!) {
      expect(orNull(band.magnitude), band.name).toEqual(single(band.name))
      expect(orNull(band.error), band.name).toEqual(single(`e_${band.name}`))
    }
  }
  rmSync(folder, { recursive: true })
})
