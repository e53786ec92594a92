import {isTree} from '../../../../../core/is-tree.js'
import type {Body} from '../../answers/family.js'
import {type SampleReader, spoken} from './sample.js'

/** What a kind of data set demands of its conversations. */
export interface ConverseRules {
  /** The last turn is the assistant's: what is trained. */
  readonly answered: boolean
  readonly singleTurn: boolean
  readonly schemaVersion: boolean
  /** Words that Nova's own prompts are made of. */
  readonly reserved: boolean
  readonly media: readonly string[]
  /** Whether answers may hold how they were come by. */
  readonly reasoning: boolean
}

const VERSION = 'bedrock-conversation-2024'
const RESERVED = /(user:|bot:|assistant:|system:|<image>|<video>|\[eos\])/i
const MOST_IMAGES = 10
/** Whose messages hold a block, and which formats media may have. */
const BLOCKS = {
  image: {of: 'user', formats: ['png', 'jpeg', 'gif', 'webp']},
  video: {of: 'user', formats: ['mov', 'mkv', 'mp4', 'webm']},
  document: {of: 'user', formats: ['pdf']},
  toolUse: {of: 'assistant', formats: undefined},
  toolResult: {of: 'user', formats: undefined},
  reasoningContent: {of: 'assistant', formats: undefined},
} as const satisfies Record<string, {of: 'user' | 'assistant'; formats: readonly string[] | undefined}>
const KINDS = Object.keys(BLOCKS) as readonly (keyof typeof BLOCKS)[]

interface Spoken {
  readonly input: string[]
  readonly output: string[]
  readonly media: string[]
  readonly kinds: Set<string>
}

/**
 * Lines in the schema of Converse. How the service words what is wrong is not published: these words are ours, after
 * the rules of AWS's own validator (aws-samples/amazon-nova-samples).
 */
export function converseSample(rules: ConverseRules): SampleReader {
  return ({schemaVersion, system, messages}) => {
    if (rules.schemaVersion && schemaVersion !== VERSION) return `schemaVersion must be ${VERSION}`
    if (!Array.isArray(messages) || messages.length === 0) return 'messages must be a list that is not empty'
    const said: Spoken = {input: [], output: [], media: [], kinds: new Set()}
    const wrong = systemProblem(system, said) ?? turnsProblem(messages, rules) ?? firstProblem(messages, rules, said)
    if (wrong !== undefined) return wrong
    const {input, output, media, kinds} = said
    const reserved = rules.reserved ? RESERVED.exec([...input, ...output].join('\n'))?.[0] : undefined
    if (reserved !== undefined) return `the text holds the reserved word ${reserved}`
    return {input: input.join('\n'), output: output.join('\n'), media, kinds: [...kinds]}
  }
}

function systemProblem(system: unknown, {input}: Spoken): string | undefined {
  if (system === undefined) return undefined
  if (!Array.isArray(system)) return 'system must be a list of texts'
  for (const block of system) {
    const text = isTree(block) ? spoken(block['text']) : undefined
    if (text === undefined) return 'system must be a list of texts'
    input.push(text)
  }
  return undefined
}

function turnsProblem(messages: readonly unknown[], {answered, singleTurn}: ConverseRules): string | undefined {
  const roles = messages.map((message) => (isTree(message) ? message['role'] : undefined))
  if (roles.some((role, index) => role !== (index % 2 === 0 ? 'user' : 'assistant'))) {
    return "messages must alternate between 'user' and 'assistant' roles, starting with 'user'"
  }
  if (answered && roles.at(-1) !== 'assistant') return "the last message must be from 'assistant'"
  if (singleTurn && roles.length > 2) return 'conversations of more than one turn are not supported for this model'
  return undefined
}

function firstProblem(messages: readonly unknown[], rules: ConverseRules, said: Spoken): string | undefined {
  for (const [index, message] of messages.entries()) {
    const {role, content} = message as Body
    const wrong = contentProblem(content, role === 'assistant', rules, said)
    if (wrong !== undefined) return `messages[${index}].content ${wrong}`
  }
  return undefined
}

function contentProblem(content: unknown, answer: boolean, rules: ConverseRules, said: Spoken): string | undefined {
  if (!Array.isArray(content) || content.length === 0) return 'must be a list that is not empty'
  for (const block of content) {
    if (!isTree(block)) return 'must be a list of objects'
    const kind = KINDS.find((one) => block[one] !== undefined)
    const wrong = kind === undefined ? textProblem(block, answer, said) : blockProblem(kind, block, answer, rules, said)
    if (wrong !== undefined) return wrong
  }
  return tooManyProblem(content as readonly Body[])
}

function textProblem({text}: Body, answer: boolean, said: Spoken): string | undefined {
  const words = spoken(text)
  if (words === undefined) return 'holds an empty text'
  const heard = answer ? said.output : said.input
  heard.push(words)
  return undefined
}

function blockProblem(
  kind: (typeof KINDS)[number],
  block: Body,
  answer: boolean,
  rules: ConverseRules,
  said: Spoken,
): string | undefined {
  const {of, formats} = BLOCKS[kind]
  if (answer !== (of === 'assistant'))
    return `must not hold a ${kind} in a message of '${answer ? 'assistant' : 'user'}'`
  if (kind === 'reasoningContent' && !rules.reasoning) return 'holds reasoningContent, which this model takes none of'
  if (formats === undefined) return undefined
  if (!rules.media.includes(kind)) return `holds a ${kind}, which this model takes none of`
  const media = block[kind]
  const format = isTree(media) ? media['format'] : undefined
  if (!formats.some((one) => one === format)) return `holds a ${kind} of the format ${String(format)}`
  const uri = uriOf(media)
  if (uri === undefined) return `holds a ${kind} without source.s3Location.uri`
  said.media.push(uri)
  said.kinds.add(kind)
  return undefined
}

function tooManyProblem(content: readonly Body[]): string | undefined {
  const count = (kind: string) => content.filter((block) => block[kind] !== undefined).length
  if (count('image') > MOST_IMAGES) return `holds more than ${MOST_IMAGES} images`
  return count('video') > 1 ? 'holds more than one video' : undefined
}

function uriOf(media: unknown): string | undefined {
  const source = isTree(media) ? media['source'] : undefined
  const location = isTree(source) ? source['s3Location'] : undefined
  const uri = isTree(location) ? location['uri'] : undefined
  return typeof uri === 'string' && uri.startsWith('s3://') ? uri : undefined
}
