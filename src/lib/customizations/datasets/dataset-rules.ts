import type {CustomModelFacts, TunableBase, Tuning} from '../../catalog/custom-models.schema.js'

export type RowFormatId = Tuning['format']
export type Medium = 'image' | 'video' | 'document'

/** What the rows of a data set are held against. */
export interface DatasetRules {
  readonly format: RowFormatId
  /** In words: `Converse rows`. */
  readonly formatName: string
  readonly family: TunableBase['family']
  /** Whether words that tell turns apart may not stand in texts. */
  readonly reservesWords: boolean
  readonly media: readonly Medium[]
  readonly formats: Readonly<Record<Medium, readonly string[]>>
  readonly reasoning: boolean
  /** Whether a row asks once and no more. */
  readonly singleTurn: boolean
  /** Whether schemaVersion must be what the documentation names. */
  readonly strictVersion: boolean
  readonly tokens: Tuning['tokens']
  readonly charactersPerToken: number
  readonly lineBytes: number | null
  readonly caption: {readonly least: number; readonly most: number} | undefined
  /** Bucket of the data set, where media must lie; undefined: not known. */
  readonly bucket: string | undefined
}

const FORMAT_NAMES: Readonly<Record<RowFormatId, string>> = {
  'prompt-completion': 'rows of prompt and completion',
  converse: 'Converse rows',
  claude: 'rows of Claude messages',
  text: 'rows of one input text',
  image: 'rows of image-ref and caption',
  prompts: 'Converse rows with prompts',
  rft: 'OpenAI chat rows with reference_answer',
}

const NO_LIMITS: Tuning['tokens'] = {input: null, output: null, sum: null}
/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-customization-prepare.html */
const CAPTIONS: Partial<Readonly<Record<TunableBase['family'], DatasetRules['caption']>>> = {
  'titan-image': {least: 3, most: 1024},
  'titan-embeddings': {least: 0, most: 2560},
}

/** The rules for rows of a base; without a tuning, those of the format that was found, with no limits. */
export function rulesOf(
  base: TunableBase,
  tuning: Tuning | undefined,
  found: RowFormatId | undefined,
  facts: Pick<CustomModelFacts, 'charactersPerToken'>,
  bucket: string | undefined,
): DatasetRules {
  const {family} = base
  const format = tuning?.format ?? found ?? 'converse'
  const isNova = family === 'nova' || family === 'nova-2'
  const isDistillation = tuning?.type === 'DISTILLATION'
  return {
    format,
    formatName: FORMAT_NAMES[format],
    family,
    reservesWords: isNova && (format === 'converse' || format === 'rft'),
    media: isDistillation || format === 'rft' ? [] : base.media,
    formats: {
      image: family === 'nova-2' ? ['png', 'jpeg', 'gif'] : ['png', 'jpeg', 'gif', 'webp'],
      video: family === 'nova-2' ? ['mov', 'mkv', 'mp4'] : ['mov', 'mkv', 'mp4', 'webm'],
      document: ['pdf'],
    },
    reasoning: family === 'nova-2' && !isDistillation,
    singleTurn: isDistillation && !isNova,
    strictVersion: isDistillation,
    tokens: tuning?.tokens ?? NO_LIMITS,
    charactersPerToken: facts.charactersPerToken,
    lineBytes: tuning?.bytes.line ?? null,
    caption: CAPTIONS[family],
    bucket,
  }
}
