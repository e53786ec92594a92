import {createHash} from 'node:crypto'
import {usageError} from '../../core/errors.js'
import type {CustomizationRequest} from '../ports.js'

/** Tokens that are digests of all words of a request begin with it. */
export const TOKEN_STEM = 'bedrockctl-'

/** All of a request but its token, its name still open. */
export interface RequestWords extends Omit<CustomizationRequest, 'clientRequestToken' | 'jobName' | 'modelName'> {
  readonly jobName: string | undefined
  readonly modelName: string | undefined
}

const JOB_NAME = /^[a-zA-Z0-9](?:-*[a-zA-Z0-9+.-])*$/
const MODEL_NAME = /^(?:[0-9a-zA-Z][_-]?){1,63}$/
const MOST = 63
const DIGEST = 8
const STEM = 40

/**
 * The request with its names and its token: the same words make the same ones on any day. No job can be deleted, so
 * that a name is taken for ever: one that is not given carries a digest of what is asked for.
 */
export function makeRequest({jobName, modelName, ...words}: RequestWords): CustomizationRequest {
  const digest = digestOf(words)
  const name = jobName ?? `${stemOf(words.baseModel)}-${digest.slice(0, DIGEST)}`
  const model = modelName ?? modelNameOf(name)
  if (!JOB_NAME.test(name) || name.length > MOST)
    throw badName('--name', name, 'letters, digits, and -, + and . between them')
  if (!MODEL_NAME.test(model) || model.length > MOST) {
    throw badName('--model-name', model, 'letters and digits, with single - or _ between them')
  }
  const named = {...words, jobName: name, modelName: model}
  return {...named, clientRequestToken: `${TOKEN_STEM}${digestOf(named).slice(0, 40)}`}
}

/** A digest of every word, in whatever order objects came by theirs. */
function digestOf(words: object): string {
  return createHash('sha256').update(canonical(words)).digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  const members = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}

/** `nova-lite-v1` of `amazon.nova-lite-v1:0:300k`. */
function stemOf(baseModel: string): string {
  const id = baseModel.slice(baseModel.lastIndexOf('/') + 1)
  const stem = id.replace(/:.*$/, '').replace(/^[a-z0-9]+\./, '')
  return (
    stem
      .replace(/[^a-zA-Z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, STEM) || 'custom'
  )
}

/** A model may bear no dots and plus signs, which a job may. */
function modelNameOf(jobName: string): string {
  return jobName.replace(/[^0-9a-zA-Z]+/g, '-').replace(/^-+|-+$/g, '')
}

function badName(flag: string, name: string, rule: string) {
  return usageError('NAME_INVALID', `"${name}" is no name that ${flag} can give.`, {
    hint: `Use ${rule}; ${MOST} characters at most.`,
  })
}
