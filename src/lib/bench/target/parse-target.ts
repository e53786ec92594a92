import type {Catalog} from '../../catalog/catalog.js'
import {parseArn} from '../../core/arn.js'
import {didYouMean} from '../../core/closest.js'
import {mantleApi} from './dialect-of.js'
import type {BedrockApi, BedrockTarget, ServiceTier, Target} from './target.js'

export type TargetFacts = Pick<Catalog, 'model' | 'models' | 'profile' | 'region' | 'regions'>

/** A target and what it is called in the run. */
export interface NamedTarget {
  readonly target: Target
  /** Short, and unique in the run. */
  readonly name: string
}

/** A target, or everything that is wrong with its text; places are counted from 1. */
export type ParsedTarget =
  | {readonly target: Target; readonly problems?: undefined}
  | {readonly target?: undefined; readonly problems: readonly string[]}

const KINDS = ['bedrock', 'imported', 'provisioned', 'openai', 'ollama'] as const
const APIS = ['converse', 'invoke', 'mantle'] as const
const TIERS = ['default', 'priority', 'flex', 'reserved'] as const
const LATENCIES = ['standard', 'optimized'] as const
const LONGEST = 2048

/** `bedrock:…`, `imported:…`, `provisioned:…`, `openai:…` or `ollama:…`. */
export function parseTarget(text: string, facts: TargetFacts): ParsedTarget {
  const colon = text.indexOf(':')
  const kind = colon < 0 ? text : text.slice(0, colon)
  if (text.length > LONGEST)
    return {problems: [`it has ${text.length} characters; no target needs more than ${LONGEST}`]}
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a name or an address cannot hold.
  const strange = /[\s\u0000-\u001F\u007F]/.exec(text)
  if (strange !== null) return {problems: [at(strange.index, 'a space or control character cannot be there')]}
  const rest: Rest = {text: text.slice(colon + 1), start: colon + 1}
  switch (colon < 0 ? undefined : kind) {
    case 'bedrock':
      return parseBedrock(rest, facts)
    case 'imported':
    case 'provisioned':
      return parseOwn(kind as 'imported' | 'provisioned', rest, facts)
    case 'openai':
      return parseOpenAi(rest)
    case 'ollama':
      return parseOllama(rest)
    default:
      return {problems: [at(0, `“${kind}” is no kind of target: ${KINDS.join(', ')}${meant(kind, KINDS, ':')}`)]}
  }
}

interface Rest {
  readonly text: string
  /** Where it begins in the text of the target. */
  readonly start: number
}

const at = (index: number, said: string) => `at ${index + 1}: ${said}`

function meant(text: string, known: readonly string[], suffix = ''): string {
  const near = didYouMean(text, known)
  return near === undefined ? '' : `. ${suffix === '' ? near : near.replace('?', `${suffix}…?`)}`
}

function parseBedrock({start, text}: Rest, facts: TargetFacts): ParsedTarget {
  const [named, settings] = splitAt({text, start}, text.indexOf('?'))
  const [id, place] = splitAt(named, named.text.lastIndexOf('@'))
  const problems: string[] = []
  const model = bedrockModel(id, problems)
  const arn = parseArn(id.text)
  const region = place === undefined ? arn?.region || undefined : readRegion(place, facts, problems)
  if (arn !== undefined && place !== undefined && arn.region !== '' && region !== undefined && arn.region !== region) {
    problems.push(at(place.start, `${place.text} is not the Region of the ARN, ${arn.region}`))
  }
  const asked = readSettings(settings, {api: APIS, tier: TIERS, latency: LATENCIES}, problems)
  const api = apiOf(asked['api'], model, facts)
  const tier = (asked['tier'] ?? 'default') as ServiceTier
  const latency = (asked['latency'] ?? 'standard') as BedrockTarget['latency']
  if (api.startsWith('mantle') && latency === 'optimized') {
    problems.push(at(settings?.start ?? start, 'latency=optimized is for converse and invoke; mantle has none'))
  }
  if (latency === 'optimized' && tier !== 'default') {
    problems.push(at(settings?.start ?? start, 'latency=optimized and a tier cannot be asked for together'))
  }
  return problems.length > 0 ? {problems} : {target: {kind: 'bedrock', modelId: model, region, api, tier, latency}}
}

/** The id as it goes on the wire. */
function bedrockModel(id: Rest, problems: string[]): string {
  if (id.text === '') {
    problems.push(at(id.start, 'a model or profile must follow, such as bedrock:amazon.nova-lite-v1:0'))
    return ''
  }
  const arn = parseArn(id.text)
  const type = arn?.resource.split('/')[0]
  if (type === 'imported-model') problems.push(at(id.start, `an imported model: write imported:${id.text}`))
  if (type === 'provisioned-model' || type === 'custom-model-deployment') {
    problems.push(at(id.start, `capacity of your own: write provisioned:${id.text}`))
  }
  if (id.text.startsWith('arn:') && arn === undefined) problems.push(at(id.start, 'that is no whole ARN'))
  return id.text
}

function apiOf(asked: string | undefined, modelId: string, facts: TargetFacts): BedrockApi {
  if (asked === 'converse' || asked === 'invoke') return asked
  if (asked === 'mantle') return mantleApi(modelId, facts)
  return defaultApi(modelId, facts)
}

/** Converse; for models of embeddings, which it does not take, InvokeModel; for what is on mantle alone, that. */
function defaultApi(modelId: string, facts: TargetFacts): BedrockApi {
  const model = facts.profile(modelId)?.model ?? facts.model(modelId)
  if (model === undefined) return /embed/.test(modelId) ? 'invoke' : 'converse'
  const endpoints = model.endpoints ?? []
  if (endpoints.length === 1 && endpoints[0] === 'bedrock-mantle') return mantleApi(modelId, facts)
  return model.outputModalities?.includes('TEXT') === false ? 'invoke' : 'converse'
}

const OWN_RESOURCES = {
  imported: {types: ['imported-model'], what: 'an imported model'},
  provisioned: {
    types: ['provisioned-model', 'custom-model-deployment'],
    what: 'provisioned throughput or a deployment',
  },
} as const

function parseOwn(kind: 'imported' | 'provisioned', rest: Rest, facts: TargetFacts): ParsedTarget {
  const [id, settings] = splitAt(rest, rest.text.indexOf('?'))
  const problems: string[] = []
  const asked = readSettings(settings, {api: ['converse', 'invoke']}, problems)
  const arn = parseArn(id.text)
  const {types, what} = OWN_RESOURCES[kind]
  const type = arn?.resource.split('/')[0] ?? ''
  if (arn === undefined) problems.push(at(id.start, `the ARN of ${what} must follow`))
  else if (arn.service !== 'bedrock' || !(types as readonly string[]).includes(type)) {
    problems.push(at(id.start, `that is the ARN of ${type || 'something else'}, not of ${what}`))
  } else if (arn.region === '') problems.push(at(id.start, 'that ARN names no Region'))
  else if (facts.region(arn.region) === undefined) readRegion({text: arn.region, start: id.start}, facts, problems)
  if (problems.length > 0 || arn === undefined) return {problems}
  const api = asked['api'] === 'invoke' ? 'invoke' : 'converse'
  return {target: {kind, arn: id.text, region: arn.region, api}}
}

function parseOpenAi(rest: Rest): ParsedTarget {
  const [address, model] = splitAt(rest, rest.text.indexOf('#'))
  const problems: string[] = []
  const url = readUrl(address, 'openai:http://localhost:8000/v1#model', problems)
  if (model?.text === '') problems.push(at(model.start - 1, 'a model must follow the #, or leave it out'))
  if (url === undefined || problems.length > 0) return {problems}
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(chat\/completions|completions|responses|embeddings)$/, '')
  const baseUrl = `${url.origin}${path === '' ? '/v1' : path}${url.search}`
  return {target: {kind: 'openai', baseUrl, model: model === undefined ? undefined : decoded(model.text)}}
}

function parseOllama(rest: Rest): ParsedTarget {
  const [address, model] = splitAt(rest, rest.text.indexOf('#'))
  const problems: string[] = []
  const url = readUrl(address, 'ollama:http://localhost:11434#llama3.2', problems)
  if (model === undefined || model.text === '') {
    problems.push(at(rest.start + rest.text.length, 'a model must follow: ollama:<url>#<model>'))
  }
  if (url === undefined || model === undefined || problems.length > 0) return {problems}
  const path = url.pathname.replace(/\/+$/, '').replace(/\/api(\/chat|\/generate)?$/, '')
  return {target: {kind: 'ollama', url: `${url.origin}${path}`, model: decoded(model.text)}}
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function readUrl({start, text}: Rest, example: string, problems: string[]): URL | undefined {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    problems.push(at(start, `a URL with http:// or https:// must follow, such as ${example}`))
    return undefined
  }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') {
    problems.push(
      at(start, 'a URL is no place for a key or password: set OPENAI_API_KEY, or name a variable with --api-key-env'),
    )
    return undefined
  }
  return url
}

function readRegion({start, text}: Rest, facts: TargetFacts, problems: string[]): string | undefined {
  if (facts.region(text) !== undefined) return text
  const near = didYouMean(
    text,
    facts.regions.map(({name}) => name),
  )
  problems.push(at(start, `“${text}” is no Region of Bedrock${near === undefined ? '' : `. ${near}`}`))
  return undefined
}

function splitAt(whole: Rest, index: number): readonly [before: Rest, after: Rest | undefined] {
  if (index < 0) return [whole, undefined]
  return [
    {text: whole.text.slice(0, index), start: whole.start},
    {text: whole.text.slice(index + 1), start: whole.start + index + 1},
  ]
}

/** `a=b&c=d`, each key once and each value one of those that it may have. */
function readSettings(
  settings: Rest | undefined,
  known: Readonly<Record<string, readonly string[]>>,
  problems: string[],
): Readonly<Record<string, string | undefined>> {
  const found: Record<string, string> = {}
  if (settings === undefined) return found
  let {start} = settings
  for (const part of settings.text.split('&')) {
    const equals = part.indexOf('=')
    const key = equals < 0 ? part : part.slice(0, equals)
    const value = equals < 0 ? '' : part.slice(equals + 1)
    const values = Object.hasOwn(known, key) ? known[key] : undefined
    if (values === undefined) {
      const keys = Object.keys(known)
      problems.push(at(start, `“${key}” cannot be set; ${keys.join(', ')} can${meant(key, keys)}`))
    } else if (!values.includes(value)) {
      problems.push(
        at(start + key.length + 1, `${key} is one of ${values.join(', ')}, not “${value}”${meant(value, values)}`),
      )
    } else if (Object.hasOwn(found, key)) problems.push(at(start, `${key} is set twice`))
    else found[key] = value
    start += part.length + 1
  }
  return found
}
