import {isUtf8} from 'node:buffer'
import type {ModelInvocationType} from '@aws-sdk/client-bedrock'
import {isTree} from '../../../../core/is-tree.js'
import {converse} from '../answers/converse.js'
import {familyOf, isChat} from '../answers/families.js'
import type {Body, Family} from '../answers/family.js'

/** A line of the input. */
export interface BatchRecord {
  /** Absent: the service gives it one. */
  readonly recordId: string | undefined
  readonly modelInput: Body
  /** It has no other members: its line can be written back as it came. */
  readonly plain: boolean
}

/** What a line says, or why it is no record. */
export function readRecord(line: Buffer): BatchRecord | string {
  if (!isUtf8(line)) return 'it is not UTF-8'
  const value = parse(line.toString())
  if (!isTree(value)) return 'it is not a JSON object'
  const {recordId, modelInput} = value
  if (!isTree(modelInput)) return 'modelInput is not a JSON object'
  if (recordId !== undefined && typeof recordId !== 'string') return 'recordId is not a string'
  const plain = Object.keys(value).length === (recordId === undefined ? 1 : 2)
  return {recordId, modelInput, plain}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** How the records of a job are judged and answered. */
export function familyFor(baseModel: string, type: ModelInvocationType): Family {
  if (type === 'Converse') return isChat(baseModel) ? batchConverse : noConverse
  return familyOf(baseModel) ?? converse
}

const NO_TOOLS = 'Tool use is not supported for batch inference Converse requests.'

const batchConverse: Family = {
  refusal: (body) => (body['toolConfig'] === undefined ? converse.refusal(body) : NO_TOOLS),
  answer: (body, request) => converse.answer(body, request),
}

const NO_CHAT =
  "This action doesn't support the model that you provided. Try again with a supported text or chat model."

const noConverse: Family = {...batchConverse, refusal: () => NO_CHAT}
