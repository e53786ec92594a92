import type {CustomModelFacts, TunableBase} from '../catalog/custom-models.schema.js'
import {parseArn} from '../core/arn.js'
import {didYouMean} from '../core/closest.js'
import {usageError} from '../core/errors.js'
import {sanitise} from '../core/text.js'

/** The base that somebody named: its id as jobs take it, with or without the suffix of its context, or its ARN. */
export function findBase(text: string, {bases}: Pick<CustomModelFacts, 'bases'>): TunableBase {
  const name = parseArn(text)?.resource.replace(/^foundation-model\//, '') ?? text
  const found = bases.find(({id, modelId}) => id === name || modelId === name || id.replace(/:\d+k$/, '') === name)
  if (found) return found
  throw usageError('BASE_NOT_KNOWN', `"${sanitise(text)}" is no base that is customized on Bedrock.`, {
    why: `Those are: ${bases.map(({id}) => id).join(', ')}.`,
    hint:
      didYouMean(
        name,
        bases.map(({id}) => id),
      ) ?? 'Name one of them with --base-model.',
  })
}
