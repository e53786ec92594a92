import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import {characterRates} from '../../src/lib/cost/tokens/character-rule.js'
import {type CheckPorts, type CheckQuestion, checkDataset} from '../../src/lib/customizations/check/check-dataset.js'
import type {CustomizationCheck} from '../../src/lib/customizations/check/customization-check.schema.js'
import {findBase} from '../../src/lib/customizations/find-base.js'
import type {CustomizationType} from '../../src/lib/customizations/ports.js'
import {memorySource} from './memory-source.js'

export interface DatasetOptions {
  readonly base?: string | undefined
  readonly type?: CustomizationType | undefined
  readonly region?: string | undefined
  readonly name?: string | undefined
  readonly validation?: string | Buffer | undefined
  readonly validationName?: string | undefined
  readonly question?: Partial<CheckQuestion> | undefined
  readonly ports?: Partial<CheckPorts> | undefined
}

/** Checks a data set as the command does, without an account. */
export async function checkData(content: string | Buffer, options: DatasetOptions = {}): Promise<CustomizationCheck> {
  const catalog = await openCatalog()
  const facts = await catalog.customModels()
  const base = findBase(options.base ?? 'amazon.nova-lite-v1:0', facts)
  const type = options.type ?? 'FINE_TUNING'
  const {name = 'train.jsonl', validation, validationName = 'val.jsonl'} = options
  const chunkBytes = 4096
  return checkDataset(
    {
      training: memorySource(content, {name, chunkBytes}),
      validation: validation === undefined ? undefined : memorySource(validation, {name: validationName, chunkBytes}),
      base,
      type,
      tuning: base.tunings.find((one) => one.type === type),
      region: options.region,
      copies: {training: undefined, validation: undefined, rejects: undefined},
      showRows: false,
      seed: 7,
      simulated: false,
      unread: [],
      ...options.question,
    },
    {
      catalog,
      facts,
      rates: {...characterRates(base.modelId), rule: 'by characters'},
      quotas: undefined,
      media: undefined,
      priceOf: undefined,
      ...options.ports,
    },
  )
}

export function jsonl(rows: readonly unknown[]): string {
  return rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('')
}

const VERSION = 'bedrock-conversation-2024'

type Turn = readonly [role: string, content: unknown]

/** A Converse row; a string as content becomes a block of text. */
export function converseRow(turns: readonly Turn[], more: object = {}): object {
  const messages = turns.map(([role, content]) => ({
    role,
    content: typeof content === 'string' ? [{text: content}] : content,
  }))
  return {schemaVersion: VERSION, ...more, messages}
}

/** Rows that are right, each another, in the format that a family takes. */
export const GOOD_ROWS: Readonly<Record<string, (index: number) => object>> = {
  converse: (index) =>
    converseRow([
      ['user', `What is the sum of ${index} and one?`],
      ['assistant', `It is ${index + 1}.`],
    ]),
  'prompt-completion': (index) => ({prompt: `Name number ${index}.`, completion: `Number ${index}`}),
  claude: (index) => ({
    system: 'Be short.',
    messages: [
      {role: 'user', content: `What is ${index}?`},
      {role: 'assistant', content: `A number, ${index}.`},
    ],
  }),
  text: (index) => ({input: `A text about number ${index}.`}),
  image: (index) => ({'image-ref': `s3://pictures/in/${index}.png`, caption: `picture number ${index}`}),
  prompts: (index) => converseRow([['user', `What is the sum of ${index} and one?`]]),
  rft: (index) => ({
    messages: [{role: 'user', content: `What is ${index} plus one?`}],
    reference_answer: `${index + 1}`,
  }),
}

export function goodRows(format: string, count: number): object[] {
  const make = GOOD_ROWS[format]
  if (!make) throw new Error(`no rows of ${format}`)
  return Array.from({length: count}, (_, index) => make(index))
}

export function codesOf({findings}: CustomizationCheck): readonly string[] {
  return [...new Set(findings.map(({code}) => code))].sort()
}
