import {anthropic} from './dialects/anthropic.js'
import {converseStream, invokeChat, llama, mistral, nova} from './dialects/bedrock.js'
import type {Dialect} from './dialects/dialect.js'
import {ollama} from './dialects/ollama.js'
import {openAiChat} from './dialects/openai-chat.js'
import {openAiResponses} from './dialects/openai-responses.js'
import type {TruthOptions} from './options.js'

/** What a path is for. */
export type Route =
  | {
      readonly kind: 'stream'
      readonly name: string
      readonly bedrock: boolean
      readonly make: (options: TruthOptions) => Dialect
    }
  | {readonly kind: 'embedding'; readonly bedrock: boolean}
  | {readonly kind: 'facts'; readonly json: (options: TruthOptions) => object}
  | {readonly kind: 'metrics'}
  | {readonly kind: 'none'}

const NONE: Route = {kind: 'none'}
const STREAMS: Readonly<Record<string, (options: TruthOptions) => Dialect>> = {
  '/v1/chat/completions': openAiChat,
  '/v1/responses': openAiResponses,
  '/openai/v1/responses': openAiResponses,
  '/v1/messages': anthropic,
  '/anthropic/v1/messages': anthropic,
  '/api/chat': ollama,
}
const FAMILIES: readonly (readonly [RegExp, (options: TruthOptions) => Dialect])[] = [
  [/anthropic\./, (options) => anthropic(options, 'invoke-stream')],
  [/nova/, nova],
  [/llama/, llama],
  [/mistral\./, mistral],
]
const VERSIONS: Readonly<Record<string, object>> = {
  vllm: {version: '0.14.1'},
  sglang: {version: '0.5.9'},
}
const KNOWN = new Map<string, Route>()

/** Paths are few: each is looked at once. */
export function routeOf(method: string, path: string): Route {
  const name = `${method} ${path}`
  const known = KNOWN.get(name)
  if (known) return known
  if (KNOWN.size > 1000) KNOWN.clear()
  const made = method === 'POST' ? posted(path) : method === 'GET' ? got(path) : NONE
  KNOWN.set(name, made)
  return made
}

function posted(path: string): Route {
  const make = STREAMS[path]
  if (make) return {kind: 'stream', name: path, bedrock: false, make: (options) => make(options)}
  if (path === '/v1/embeddings') return {kind: 'embedding', bedrock: false}
  const [, encoded, operation] = /^\/model\/([^/]+)\/([a-z-]+)$/.exec(path) ?? []
  if (encoded === undefined) return NONE
  const model = decodeURIComponent(encoded)
  if (operation === 'invoke') return {kind: 'embedding', bedrock: true}
  if (operation === 'converse-stream')
    return {kind: 'stream', name: 'converse-stream', bedrock: true, make: converseStream}
  if (operation !== 'invoke-with-response-stream') return NONE
  const family = FAMILIES.find(([pattern]) => pattern.test(model))?.[1] ?? invokeChat
  return {kind: 'stream', name: path, bedrock: true, make: family}
}

function got(path: string): Route {
  switch (path) {
    case '/v1/models':
      return {kind: 'facts', json: ({model}) => ({object: 'list', data: [{id: model, object: 'model', created: 0}]})}
    case '/api/tags':
      return {kind: 'facts', json: ({model}) => ({models: [{name: model, model, size: 0}]})}
    case '/api/version':
      return {kind: 'facts', json: () => ({version: '0.13.5'})}
    case '/version':
      return {kind: 'facts', json: ({flavour}) => VERSIONS[flavour] ?? {}}
    case '/metrics':
      return {kind: 'metrics'}
    default:
      return NONE
  }
}
