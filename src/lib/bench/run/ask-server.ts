import {didYouMean} from '../../core/closest.js'
import {BedrockctlError, usageError} from '../../core/errors.js'
import {sanitise} from '../../core/text.js'
import type {OllamaTarget, OpenAiTarget} from '../target/target.js'
import {getText, type Place} from '../telemetry/get-text.js'

/** What a server says of itself. */
export interface ServerFacts {
  readonly software: string | null
  readonly version: string | null
  /** Ids of its models; empty where it tells none. */
  readonly models: readonly string[]
}

const ANSWER_WITHIN_MS = 5000
const LONGEST = 128

/** By GET, beside the load: what it is called, and which models it has. A server that tells nothing of this can be measured all the same. */
export async function askServer(
  target: OpenAiTarget | OllamaTarget,
  place: Place,
  signal: AbortSignal,
): Promise<ServerFacts> {
  const read = async (url: string) => {
    const answer = await getText(url, place, {signal, timeoutMs: ANSWER_WITHIN_MS})
    return 'text' in answer ? parse(answer.text) : undefined
  }
  if (target.kind === 'ollama') {
    const [version, tags] = await Promise.all([read(`${target.url}/api/version`), read(`${target.url}/api/tags`)])
    return {
      software: version === undefined ? null : 'ollama',
      version: textAt(version, 'version'),
      models: namesIn(tags, 'models', 'name'),
    }
  }
  const root = target.baseUrl.replace(/\/v1$/, '')
  const [models, version] = await Promise.all([read(`${target.baseUrl}/models`), read(`${root}/version`)])
  const owner = ownerOf(models)
  const told = textAt(version, 'version')
  return {software: owner ?? (told === null ? null : 'vllm'), version: told, models: namesIn(models, 'data', 'id')}
}

/** The model a target is asked for: the one it names, else the only one of its server; or why there is none. */
export function modelOf(target: OpenAiTarget, {models}: ServerFacts): string | BedrockctlError {
  if (target.model !== undefined) return target.model
  const [only, ...more] = models
  if (only !== undefined && more.length === 0) return only
  if (only === undefined) {
    return new BedrockctlError('MODEL_NOT_NAMED', `Which model ${target.baseUrl} serves could not be read.`, {
      fault: 'usage',
      why: `GET ${target.baseUrl}/models names none.`,
      hint: `Look whether it runs and whether the address is right; name the model with openai:${target.baseUrl}#<model>.`,
    })
  }
  throw usageError('MODEL_NOT_NAMED', `${target.baseUrl} serves ${models.length} models.`, {
    why: models.slice(0, 8).join(', '),
    hint: `Name one: openai:${target.baseUrl}#${only}`,
  })
}

/** What else a server has, where it does not know a model; undefined where nothing is near. */
export function otherModels(model: string, {models}: ServerFacts): string | undefined {
  if (models.length === 0 || models.includes(model)) return undefined
  return didYouMean(model, models) ?? `It serves ${models.slice(0, 5).join(', ')}.`
}

type Tree = Readonly<Record<string, unknown>>

function parse(text: string): Tree | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Tree) : undefined
  } catch {
    return undefined
  }
}

function textAt(tree: Tree | undefined, key: string): string | null {
  const value = tree?.[key]
  return typeof value === 'string' && value !== '' ? sanitise(value).slice(0, LONGEST) : null
}

function entriesOf(tree: Tree | undefined, key: string): readonly Tree[] {
  const list = tree?.[key]
  return Array.isArray(list) ? list.filter((entry): entry is Tree => typeof entry === 'object' && entry !== null) : []
}

function namesIn(tree: Tree | undefined, list: string, key: string): readonly string[] {
  return entriesOf(tree, list).flatMap((entry) => textAt(entry, key) ?? [])
}

const OWNERS: Readonly<Record<string, string>> = {
  vllm: 'vllm',
  sglang: 'sglang',
  llamacpp: 'llama.cpp',
  ollama: 'ollama',
  openai: 'openai',
  library: 'ollama',
}

/** Servers say who owns a model where they mean who serves it. */
function ownerOf(models: Tree | undefined): string | undefined {
  return entriesOf(models, 'data').flatMap((entry) => OWNERS[textAt(entry, 'owned_by')?.toLowerCase() ?? ''] ?? [])[0]
}
