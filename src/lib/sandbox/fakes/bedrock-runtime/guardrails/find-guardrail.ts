import {parseArn} from '../../../../core/arn.js'
import type {RequestContext} from '../../../handler.js'
import {bedrockArn} from '../../../world/build-region.js'
import {placeOf} from '../../account-place.js'
import {type Edition, editions} from '../../bedrock/guardrails.js'
import {sharedGuardrail} from '../../bedrock/shared-guardrail.js'
import {denied} from '../refusals.js'

/** A version of a guardrail that a call names. */
export interface FoundGuardrail extends Edition {
  readonly arn: string
  readonly shared: boolean
}

const ABSENT = 'The guardrail identifier or version provided in the request does not exist.'

/** Throws where there is none, where it cannot be used, or where the caller may not; `refuse` makes the first two. */
export function findGuardrail(
  identifier: string,
  version: string,
  {context, refuse}: {readonly context: RequestContext; readonly refuse: (message: string) => Error},
): FoundGuardrail {
  const {world, account, region, accessKeyId} = context
  const refusal = world.authorise({account, accessKeyId, action: 'bedrock:ApplyGuardrail', region})
  if (refusal !== undefined) throw denied(refusal)
  const arn = identifier.startsWith('arn:') ? parseArn(identifier) : undefined
  const shared = arn !== undefined && arn.account !== account
  const id = (arn?.resource ?? identifier).replace(/^guardrail\//, '')
  const guardrail = shared
    ? sharedGuardrail(identifier, 'bedrock:ApplyGuardrail', context).guardrail
    : arn === undefined || arn.region === region
      ? placeOf(context).resources.guardrails?.find((one) => one.id === id)
      : undefined
  const edition = guardrail && editions(guardrail).find((one) => one.version === version)
  if (!edition) throw refuse(ABSENT)
  if (edition.status !== 'READY') throw refuse(`The guardrail is in the status ${edition.status} and cannot be used.`)
  const own = bedrockArn({catalog: world.catalog, account, region}, `guardrail/${id}`)
  return {...edition, arn: shared ? identifier : own, shared}
}
