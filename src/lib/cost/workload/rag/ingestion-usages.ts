import type {Decimal} from '../../../core/decimal.js'
import type {Usage} from '../../usage.js'
import {countWords} from '../count-words.js'
import type {ResolvedCall} from '../resolve-call.js'
import {tokenUsages} from '../token-usages.js'
import {serviceUnits} from '../unit-usage.js'
import type {WorkloadOf} from '../workload.schema.js'
import type {CutDocument} from './corpus.js'

export interface IngestionCalls {
  readonly parser: ResolvedCall | undefined
  readonly embedder: ResolvedCall | undefined
  /** Where pages are parsed by a service. */
  readonly region: string
}

/** The whole corpus, once, and what of it is ingested again each month. */
export function ingestionUsages(
  ingestion: WorkloadOf<'rag'>['ingestion'],
  document: CutDocument,
  calls: IngestionCalls,
): readonly Usage[] {
  const {documents, embedding, pagesPerDocument, parsing, refresh} = ingestion
  const run = (count: Decimal, suffix: string, once?: true): readonly Usage[] => {
    const pages = count.times(pagesPerDocument ?? 0)
    const note = `${countWords(count)} documents`
    return [
      ...(parsing ? parsingUsages(parsing, pages, calls, {component: `parsing${suffix}`, once, note}) : []),
      ...(embedding && calls.embedder
        ? tokenUsages({
            ...{component: `embedding${suffix}`, call: calls.embedder, tier: embedding.tier, once, note},
            tokens: {input: count.times(document.chunkedTokens)},
          })
        : []),
    ]
  }
  return [...run(documents, '', true), ...run(documents.times(refresh), ' (refresh)')]
}

type Parsing = NonNullable<WorkloadOf<'rag'>['ingestion']['parsing']>
type Labels = Pick<Usage, 'component' | 'note' | 'once'>

function parsingUsages(
  parsing: Parsing,
  pages: Decimal,
  {parser, region}: IngestionCalls,
  labels: Labels,
): readonly Usage[] {
  switch (parsing.by) {
    case 'none':
      return []
    case 'data-automation':
      return serviceUnits('data-automation', region, {
        ...labels,
        meter: 'data-automation-page',
        variant: parsing.output,
        quantity: pages,
      })
    case 'model': {
      const {inputTokensPerPage, outputTokensPerPage, tier} = parsing
      const tokens = {input: pages.times(inputTokensPerPage), output: pages.times(outputTokensPerPage)}
      if (!parser) return []
      return tokenUsages({...labels, call: parser, tier, tokens, inputTokensPerRequest: inputTokensPerPage})
    }
  }
}
