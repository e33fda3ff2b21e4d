export { fetchUrl, nameDownload, type FetchedFile, type FetchOptions } from './fetch-url'
export {
  ingestInput,
  type DroppedFile,
  type IngestOutcome,
  type IngestSink,
  type RejectedFile,
} from './ingest-files'
export { ingestSources, type IngestSourcesOptions, type SourceToIngest } from './ingest-sources'
export { type InstrumentProfile } from './instruments'
export { nameNight } from './name-night'
export { readExposures, type FileToRead, type ReadExposures } from './read-exposure'
export { sniff, type FileKind } from './sniff'
export { type Unpacked, type UnpackLimits } from './unpack'
