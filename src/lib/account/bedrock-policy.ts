import {isTree} from '../core/is-tree.js'
import {type Reading, read, readPart} from './read.js'
import type {AccountSnapshot} from './snapshot.schema.js'

const TYPE = 'BEDROCK_POLICY'

/** One guardrail that the organisation enforces in one Region. */
export interface OrganizationGuardrail {
  readonly region: string
  /** Key of the setting, such as `config_1`. */
  readonly name: string
  /** ARN and version as written; null when the setting names none. */
  readonly identifier: string | null
  /** Model ids, or `ALL`; null: the setting says nothing of models, so it holds for all. */
  readonly models: {readonly included: readonly string[]; readonly excluded: readonly string[]} | null
}

/** What the effective Bedrock policy of the organisation says. */
export interface BedrockPolicy {
  /** Null: the document cannot be understood. */
  readonly guardrails: readonly OrganizationGuardrail[] | null
}

/** Null: no such policy holds for the account. */
export function bedrockPolicy({snapshot}: {readonly snapshot: AccountSnapshot}): Reading<BedrockPolicy | null> {
  const all = read(snapshot, 'organizations:effective-policies')
  if (all.state === 'unread') return all
  const found = all.value.find(({type}) => type === TYPE)
  if (found === undefined) return {state: 'read', value: null}
  const answer = readPart(found.answer)
  if (answer.state === 'unread') return answer
  return {state: 'read', value: answer.value === null ? null : {guardrails: parse(answer.value.content)}}
}

function parse(content: string): readonly OrganizationGuardrail[] | null {
  let document: unknown
  try {
    document = JSON.parse(content)
  } catch {
    return null
  }
  if (!isTree(document)) return null
  const inference = child(child(document, 'bedrock'), 'guardrail_inference')
  if (inference === undefined) return []
  if (!isTree(inference)) return null
  return entries(inference).flatMap(([region, settings]) =>
    entries(settings).map(([name, setting]) => ({
      region,
      name,
      identifier: textOf(child(setting, 'identifier')),
      models: modelsOf(child(setting, 'model_enforcement')),
    })),
  )
}

/** An effective policy holds plain values; a policy as it was written wraps them in `@@assign`. */
function textOf(value: unknown): string | null {
  const plain = isTree(value) ? value['@@assign'] : value
  return typeof plain === 'string' && plain.trim() !== '' ? plain.trim() : null
}

function modelsOf(value: unknown): OrganizationGuardrail['models'] {
  if (!isTree(value)) return null
  return {included: listOf(value['included_models']), excluded: listOf(value['excluded_models'])}
}

function listOf(value: unknown): readonly string[] {
  const plain = isTree(value) ? value['@@assign'] : value
  return Array.isArray(plain) ? plain.filter((one) => typeof one === 'string') : []
}

function child(value: unknown, key: string): unknown {
  return isTree(value) ? value[key] : undefined
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return isTree(value) ? Object.entries(value).filter(([key]) => !key.startsWith('@@')) : []
}
