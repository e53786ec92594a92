import {type Decimal, ONE, roundedUp, ZERO} from '../../../core/decimal.js'
import type {WorkloadOf} from '../workload.schema.js'

type Ingestion = WorkloadOf<'rag'>['ingestion']

/** Of English text, about. */
export const CHARACTERS_PER_TOKEN = 4
/** What vector stores keep a number of a vector in. */
const BYTES_PER_NUMBER = 4
const BYTES_PER_GB = 2 ** 30

/** One document of the mean size, cut into chunks. */
export interface CutDocument {
  readonly tokens: Decimal
  readonly chunks: Decimal
  /** All chunks together: the text, and what they repeat of one another. */
  readonly chunkedTokens: Decimal
}

/** The first chunk is whole; every further one repeats the overlap and goes as much less far. */
export function cutDocument({chunkTokens, overlap, ...ingestion}: Ingestion): CutDocument {
  const tokens = tokensOf(ingestion)
  if (tokens.eq(0)) return {tokens, chunks: ZERO, chunkedTokens: ZERO}
  const repeated = chunkTokens.times(overlap)
  const rest = tokens.minus(chunkTokens)
  const further = rest.gt(0) ? roundedUp(rest.div(chunkTokens.minus(repeated))) : ZERO
  return {tokens, chunks: ONE.plus(further), chunkedTokens: tokens.plus(further.times(repeated))}
}

type Size = Pick<Ingestion, 'charactersPerDocument' | 'pagesPerDocument' | 'tokensPerDocument' | 'tokensPerPage'>

function tokensOf({charactersPerDocument, pagesPerDocument, tokensPerDocument, tokensPerPage}: Size): Decimal {
  if (tokensPerDocument) return tokensPerDocument
  if (tokensPerPage) return tokensPerPage.times(pagesPerDocument ?? 0)
  return (charactersPerDocument ?? ZERO).div(CHARACTERS_PER_TOKEN)
}

/** Tokens of one chunk, the mean; zero where there is no text. */
export function meanChunk({chunkedTokens, chunks}: CutDocument): Decimal {
  return chunks.eq(0) ? ZERO : chunkedTokens.div(chunks)
}

/** GB of the text alone, a byte a character. */
export function textGb(tokens: Decimal): Decimal {
  return tokens.times(CHARACTERS_PER_TOKEN).div(BYTES_PER_GB)
}

/** GB of the vectors of so many chunks. */
export function vectorGb(chunks: Decimal, dimensions: Decimal): Decimal {
  return chunks.times(dimensions).times(BYTES_PER_NUMBER).div(BYTES_PER_GB)
}
