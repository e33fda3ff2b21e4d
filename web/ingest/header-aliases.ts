import type { RawFrameKind } from '../core/frame'
import type { PixelSection } from '../core/pixel-section'
import { readKindWord } from './kind-words'
import {
  readBayerPattern,
  readPedestal,
  readRowOrder,
  readSection,
  type BayerPattern,
  type RowOrder,
} from './read-layout'
import {
  readBinning,
  readCelsius,
  readDeclination,
  readFinite,
  readGainWithUnit,
  readLongitude,
  readMetres,
  readRightAscension,
  readSeconds,
  readWords,
  within,
  type Alias,
  type CardReader,
} from './read-values'

/** For each field the keywords that cameras use, in the order in which they are believed. The first believable one counts. */
export interface HeaderAliases {
  readonly kind: readonly Alias<RawFrameKind>[]
  readonly telescope: readonly Alias<string>[]
  readonly instrument: readonly Alias<string>[]
  readonly filter: readonly Alias<string>[]
  readonly object: readonly Alias<string>[]
  readonly exposure: readonly Alias<number>[]
  readonly binningX: readonly Alias<number>[]
  readonly binningY: readonly Alias<number>[]
  readonly gain: readonly Alias<number>[]
  readonly gainSetting: readonly Alias<number>[]
  readonly readNoise: readonly Alias<number>[]
  readonly temperature: readonly Alias<number>[]
  readonly saturation: readonly Alias<number>[]
  readonly latitude: readonly Alias<number>[]
  readonly longitude: readonly Alias<number>[]
  readonly elevation: readonly Alias<number>[]
  readonly siteName: readonly Alias<string>[]
  readonly rightAscension: readonly Alias<number>[]
  readonly declination: readonly Alias<number>[]
  readonly airmass: readonly Alias<number>[]
  readonly pixelScale: readonly Alias<number>[]
  /** Micrometres with binning; without it in the next. */
  readonly pixelSize: readonly Alias<number>[]
  readonly unbinnedPixelSize: readonly Alias<number>[]
  readonly focalLength: readonly Alias<number>[]
  readonly pedestal: readonly Alias<number>[]
  readonly bayerPattern: readonly Alias<BayerPattern>[]
  readonly rowOrder: readonly Alias<RowOrder>[]
  readonly overscan: readonly Alias<PixelSection>[]
  readonly trim: readonly Alias<PixelSection>[]
}

const aliases = <Value>(read: CardReader<Value>, keywords: string): Alias<Value>[] =>
  keywords.split(' ').map((keyword) => ({ keyword, read }))

const readFilter: CardReader<string> = (card) => {
  const words = readWords(card)
  return words !== null && /^(?:air|open|empty|blank|free)$/i.test(words) && card.keyword !== 'FILTER'
    ? null
    : words
}

const readScale = within(1e-3, 3600)

export const HEADER_ALIASES: HeaderAliases = {
  kind: [
    ...aliases(
      readKindWord,
      'IMAGETYP IMAGETYPE IMGTYPE OBSTYPE OBS_TYPE OBS-TYPE FRAME FRAMETYP FRAMETYPE PICTTYPE CCDTYPE EXPTYPE DATA-TYP',
    ),
    { keyword: 'ESO DPR TYPE', read: readKindWord },
  ],
  telescope: aliases(readWords, 'TELESCOP TELESCOPE TELNAME TELID OBSERVAT'),
  instrument: aliases(readWords, 'INSTRUME INSTRUMENT CAMERA DETECTOR DEVICE CAMNAME'),
  filter: aliases(
    readFilter,
    'FILTER FILTERS FILTNAM FILTNME FILTERID FILTER1 FILTER2 FILTER3 INSFILTE FLTRNAME FILT FILTERNAME',
  ),
  object: aliases(readWords, 'OBJECT OBJNAME OBJECTNAME TARGET TARGNAME TARGNAM'),
  exposure: [
    ...aliases(readSeconds, 'EXPTIME EXPOSURE EXP EXPOS EXP_TIME EXP-TIME XPOSURE ITIME INTTIME ONTIME'),
    // Microseconds, as planetary capture programs write them.
    ...aliases(within(0, 1e6, 1e-6), 'EXPOINUS'),
  ],
  binningX: aliases(readBinning(0), 'XBINNING CCDXBIN XBIN BINX BIN_X HBIN CCDBINX CCDSUM BINNING'),
  binningY: aliases(readBinning(1), 'YBINNING CCDYBIN YBIN BINY BIN_Y VBIN CCDBINY CCDSUM BINNING'),
  gain: [
    ...aliases(within(1e-3, 1000), 'EGAIN E-GAIN E_GAIN CCDGAIN GAIN_E'),
    ...aliases(readGainWithUnit, 'GAIN'),
  ],
  gainSetting: aliases(readFinite, 'GAIN GAINSET CMOSGAIN GAINRAW ISOSPEED'),
  readNoise: aliases(within(1e-3, 1e4), 'RDNOISE READNOIS READNOISE RON RNOISE ENOISE READNSE RDNOIS'),
  temperature: aliases(
    readCelsius,
    'CCD-TEMP CCDTEMP CCDATEMP DET-TEMP DETTEMP TEMPERAT CAMTEMP CCD_TEMP SENSTEMP SET-TEMP CCDSTEMP',
  ),
  saturation: aliases(within(1, 1e9), 'SATURATE SATLEVEL SATURATI MAXLIN'),
  latitude: aliases(
    readDeclination,
    'SITELAT SITE-LAT LAT-OBS LATITUDE OBS-LAT OBSLAT GEO_LAT GEOLAT OBSGEO-B TELLAT LATSTR',
  ),
  longitude: aliases(
    readLongitude,
    'SITELONG SITE-LON SITELON LONG-OBS LON-OBS LONGITUD LONGITUDE OBS-LON OBS-LONG OBSLON OBSLONG GEO_LONG GEO_LON GEOLON OBSGEO-L TELLONG LONGSTR',
  ),
  elevation: aliases(
    readMetres,
    'SITEELEV ALT-OBS OBS-ALT OBS-ELEV OBSALT OBSELEV GEO_ELEV HEIGHT ALTITUDE OBSGEO-H SITEALT',
  ),
  siteName: aliases(readWords, 'OBSERVAT SITENAME SITE OBSLOC OBSERVATORY'),
  rightAscension: aliases(
    readRightAscension,
    'RA OBJCTRA OBJRA OBJ-RA RA_OBJ TELRA CENTRA RA_PNT RA-TEL CRVAL1',
  ),
  declination: aliases(
    readDeclination,
    'DEC OBJCTDEC OBJDEC OBJ-DEC DEC_OBJ TELDEC CENTDEC DEC_PNT DEC-TEL CRVAL2',
  ),
  airmass: aliases(within(0.99, 60), 'AIRMASS SECZ AMSTART'),
  pixelScale: aliases(
    readScale,
    'SECPIX SECPIX1 PIXSCALE PIXSCAL PIXSCAL1 IM_SCALE IMSCALE SCALE PLTSCALE CCDSCALE',
  ),
  pixelSize: aliases(within(0.1, 1000), 'XPIXSZ XPIXELSZ'),
  unbinnedPixelSize: [
    ...aliases(within(0.1, 1000), 'PIXSIZE1 PIXSIZE PIXSZ'),
    // Metres, as robotic telescopes write it.
    ...aliases(within(0.1, 1000, 1e6), 'CCDXPIXE'),
  ],
  focalLength: aliases(within(1, 1e6), 'FOCALLEN FOCAL FOCLEN TELFOCAL FLENGTH'),
  pedestal: aliases(readPedestal, 'PEDESTAL'),
  bayerPattern: aliases(readBayerPattern, 'BAYERPAT COLORTYP BAYER CFAPAT'),
  rowOrder: aliases(readRowOrder, 'ROWORDER'),
  overscan: aliases(readSection, 'BIASSEC'),
  trim: aliases(readSection, 'TRIMSEC'),
}
