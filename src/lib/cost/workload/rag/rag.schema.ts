import {z} from 'zod'
import {regionName} from '../../../core/answer.schema.js'
import {decimal} from '../../../core/decimal.js'
import {cache, call, guardrails, money, quantity, share, tierName, volume} from '../fields.schema.js'

const tier = tierName.default('standard').describe('Service tier.')
const MOST_DIMENSIONS = 100_000

const parsing = z
  .discriminatedUnion('by', [
    z.strictObject({by: z.literal('none').describe('The text is there already, or the parser is free of charge.')}),
    z.strictObject({
      by: z.literal('model').describe('A multimodal model reads each page.'),
      ...call,
      tier,
      inputTokensPerPage: quantity.describe('The page as an image, with the instruction.'),
      outputTokensPerPage: quantity.describe('The text that the model makes of it.'),
    }),
    z.strictObject({
      by: z.literal('data-automation').describe('Bedrock Data Automation reads each page.'),
      output: z.enum(['standard', 'custom']).describe('custom: fields of a blueprint.'),
    }),
  ])
  .optional()
  .describe('How pages become text.')

const embedding = z
  .strictObject({
    ...call,
    tier: z.enum(['standard', 'batch']).default('standard').describe('Of the corpus; queries are always standard.'),
    dimensions: quantity
      .refine((value) => value.gte(1) && value.lte(MOST_DIMENSIONS), `between 1 and ${MOST_DIMENSIONS}`)
      .describe('Numbers of one vector, four bytes each.'),
  })
  .optional()
  .describe('The model that makes the vectors; a managed knowledge base brings its own.')

const ingestion = z
  .strictObject({
    documents: quantity.describe('Of the whole corpus.'),
    pagesPerDocument: quantity.optional().describe('Needed where pages are parsed or tokens are given by the page.'),
    tokensPerDocument: quantity.optional().describe('Text of one document, the mean.'),
    tokensPerPage: quantity.optional().describe('Text of one page, the mean.'),
    charactersPerDocument: quantity.optional().describe('Text of one document; four characters are taken as a token.'),
    refresh: share.default(() => decimal(0)).describe('Of the corpus that is ingested again each month.'),
    parsing,
    chunkTokens: quantity.refine((value) => value.gt(0), 'more than none').describe('Of one chunk at most.'),
    overlap: share
      .refine((value) => value.lt(1), 'less than the whole chunk')
      .default(() => decimal(0))
      .describe('Of a chunk that the next one repeats.'),
    embedding,
  })
  .refine(
    ({charactersPerDocument, tokensPerDocument, tokensPerPage}) =>
      [charactersPerDocument, tokensPerDocument, tokensPerPage].filter((size) => size !== undefined).length === 1,
    'say the size once: tokensPerDocument, tokensPerPage or charactersPerDocument',
  )
  .refine(
    ({pagesPerDocument, parsing: by, tokensPerPage}) =>
      pagesPerDocument !== undefined || (tokensPerPage === undefined && (by === undefined || by.by === 'none')),
    'pagesPerDocument is needed where pages are parsed or tokens are given by the page',
  )
  .describe('The corpus: read once, and what changes of it each month.')

const storageGb = quantity.optional().describe('GB that are stored; from the corpus unless given.')
const overhead = share
  .default(() => decimal('0.1'))
  .describe('What the index takes beside vectors and texts, of these; an assumption.')

const store = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('opensearch-serverless').describe('Compute units by the hour.'),
      minimumUnits: quantity.describe(
        'Compute units (OCU) that stand by, indexing and search together: Classic collections 2, without redundancy 1; NextGen collection groups 0 unless configured.',
      ),
      storageGb,
      overhead,
    }),
    z.strictObject({
      kind: z.literal('s3-vectors').describe('Stored gigabytes and queries; nothing stands by.'),
      storageGb,
    }),
    z.strictObject({
      kind: z.literal('aurora-postgresql').describe('Capacity units by the hour.'),
      units: quantity.describe('Capacity units (ACU), the mean of the month: 0.5 is the least that does not pause.'),
      storageGb,
      overhead,
    }),
    z.strictObject({
      kind: z.literal('managed-knowledge-base').describe('Bedrock stores, embeds and reranks.'),
      storageGb: storageGb.describe('GB of raw data that are indexed; the text of the corpus unless given.'),
      retrievalsPerQuery: quantity.default(() => decimal(1)).describe('Retrieve calls for one query.'),
      agentic: z
        .boolean()
        .default(false)
        .describe('AgenticRetrieve, which is billed beside the Retrieve calls it makes.'),
    }),
    z.strictObject({
      kind: z.literal('given').describe('Any other store, by what it costs.'),
      name: z.string().min(1).default('vector store').describe('What it is.'),
      price: money.describe('Of a month.'),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as USD')
        .default('USD')
        .describe('ISO 4217.'),
    }),
  ])
  .describe('Where the vectors are kept: most of it stands by, whatever is asked.')

const rerank = z
  .strictObject({
    ...call,
    candidates: quantity.describe('Chunks that are ranked for one query; each hundred of them is one query billed.'),
  })
  .optional()
  .describe('A model that ranks what was found.')

const answer = z
  .strictObject({
    ...call,
    tier,
    promptTokens: quantity.describe('System prompt and instructions, beside the query and what was found.'),
    outputTokens: quantity.describe('Of one answer.'),
    cache: cache.optional(),
  })
  .describe('The model that answers.')

export const ragShape = {
  kind: z.literal('rag').describe('Questions that are answered from documents of your own.'),
  region: regionName.optional().describe('Of the store, of parsing, and of models that name none.'),
  ingestion,
  store,
  queries: volume.describe('How many: 50k/month.'),
  queryTokens: quantity.describe('What a user asks.'),
  retrievedChunks: quantity.describe('Chunks that the answering model is given.'),
  rerank,
  answer,
  guardrails: guardrails.optional().describe('On the query and the answer; grounding also on what was found.'),
}
