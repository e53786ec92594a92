import {parseArn} from '../../../core/arn.js'
import {clean, cut} from '../../text-width.js'
import type {EventRow} from './events.schema.js'
import type {TrailEvent} from './ports.js'

const LONGEST = 300
const MERE_READ = /^(?:BatchGet|Describe|Get|List|Lookup)/
const MODEL_CALL = /^(?:Invoke|Converse|CreateChatCompletion|CreateResponse|CountTokens|ApplyGuardrail)/

/** A read that succeeded and changed nothing, such as the board's own: no news. */
export function isMereRead({error, name, readOnly}: TrailEvent): boolean {
  return error === null && readOnly !== false && MERE_READ.test(name)
}

/** A call of a model that succeeded: traffic, of which a few are enough. */
export function isAnswered({error, name}: TrailEvent): boolean {
  return error === null && MODEL_CALL.test(name)
}

/** What is told of a management event: who did what to which resource, and how it ended. */
export function trailRow(event: TrailEvent, region: string): EventRow {
  const {at, error, id, inferenceRegion, message, modelId, name, resource, source, vpcEndpointId} = event
  const notes = [
    ...(message === null ? [] : [message]),
    ...(inferenceRegion === null || inferenceRegion === region ? [] : [`processed in ${inferenceRegion}`]),
    ...(vpcEndpointId === null ? [] : [`through ${vpcEndpointId}`]),
  ]
  const about = modelId ?? resource
  return {
    ...{id, atMs: Date.parse(at), name: clean(name), source, who: principalName(event), region},
    resource: about === null ? null : clean(about),
    errorCode: error === null ? null : clean(error),
    text: notes.length === 0 ? null : cut(notes.join('; '), LONGEST),
  }
}

/** `role/session`, a user's name, `root`; else the kind of caller. */
export function principalName({principalArn, principalType}: Pick<TrailEvent, 'principalArn' | 'principalType'>) {
  const [kind, ...rest] = (principalArn === null ? undefined : parseArn(principalArn)?.resource)?.split('/') ?? []
  const name = kind === 'assumed-role' ? rest.join('/') : (rest.at(-1) ?? kind)
  const told = name ?? principalType
  return told === null ? null : clean(told)
}
