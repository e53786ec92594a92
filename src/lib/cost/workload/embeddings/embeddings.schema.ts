import {z} from 'zod'
import {call, quantity, volume} from '../fields.schema.js'

const imageVariant = z.string().min(1).optional().describe('What kind of image, where prices differ: `document`.')
const SOMETHING = 'name what is embedded: documents, tokens, images, videoSeconds or audioSeconds'
const DOCUMENT_SIZE = 'documents and tokensPerDocument are given together'

interface Documents {
  readonly documents?: unknown
  readonly tokensPerDocument?: unknown
}

const whole = ({documents, tokensPerDocument}: Documents) =>
  (documents === undefined) === (tokensPerDocument === undefined)
const some = (contents: Readonly<Record<string, unknown>>) =>
  Object.entries(contents).some(([key, value]) => key !== 'imageVariant' && value !== undefined)

const tokensPerDocument = quantity.optional().describe('Text tokens of one document, with the overlap of its chunks.')

export const embeddingsShape = {
  kind: z.literal('embeddings').describe('Vectors of texts, images, audio or video: a corpus once, and what is added.'),
  ...call,
  tier: z.enum(['standard', 'batch']).default('standard').describe('How it is embedded; batch takes hours.'),
  corpus: z
    .strictObject({
      documents: quantity.optional().describe('How many.'),
      tokensPerDocument,
      tokens: quantity.optional().describe('Text tokens in all, beside those of the documents.'),
      images: quantity.optional().describe('How many.'),
      imageVariant,
      videoSeconds: quantity.optional().describe('Of all videos together.'),
      audioSeconds: quantity.optional().describe('Of all recordings together.'),
    })
    .refine(some, SOMETHING)
    .refine(whole, DOCUMENT_SIZE)
    .optional()
    .describe('What is embedded a single time.'),
  monthly: z
    .strictObject({
      documents: volume.optional().describe('How many: 5k/month.'),
      tokensPerDocument,
      tokens: volume.optional().describe('Text tokens, beside those of the documents: 20M/month.'),
      images: volume.optional().describe('How many.'),
      imageVariant,
      videoSeconds: volume.optional().describe('Of all videos together.'),
      audioSeconds: volume.optional().describe('Of all recordings together.'),
    })
    .refine(some, SOMETHING)
    .refine(whole, DOCUMENT_SIZE)
    .optional()
    .describe('What is embedded each month: additions, changes, queries.'),
}
