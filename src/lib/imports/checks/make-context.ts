import type {CustomModelFacts} from '../../catalog/custom-models.schema.js'
import type {ModelReading} from '../read/model-reading.js'
import {type CheckContext, type Judged, notKnown, notLooked} from './check.js'
import {textOf} from './config-values.js'
import {layoutOf} from './weight-layouts.js'

export interface ContextInput extends Pick<CheckContext, 'region' | 'converse' | 'addressProblems'> {
  readonly facts: CustomModelFacts['imports']
}

/** What the checks look at, out of what was read. */
export function makeContext(model: ModelReading, input: ContextInput): CheckContext {
  const config = model.members('config.json')
  const modelType = textOf(config?.['model_type'])
  const classes = config?.['architectures']
  const className = Array.isArray(classes) ? textOf(classes[0]) : undefined
  const {architectures} = input.facts
  return {
    model,
    ...input,
    config,
    architecture:
      architectures.find((one) => one.modelType === modelType) ??
      (modelType === undefined ? architectures.find((one) => one.className === className) : undefined),
    layout: layoutOf(modelType),
    tensors: model.shards.flatMap(({path, tensors = []}) => tensors.map((tensor) => ({...tensor, file: path}))),
    partial: partialOf(model),
  }
}

/** A shard with a fault has been told of; one that could not be read leaves what all weights come to unknown. */
function partialOf({faults, shards, unread}: ModelReading): Judged | undefined {
  const missing = shards.filter(({tensors}) => tensors === undefined)
  const failed = unread.find(({file}) => missing.some(({path}) => path === file))
  if (failed) return notKnown(`${failed.file} could not be read: ${failed.reason}`)
  if (missing.length > 0) {
    const fault = faults.find(({file}) => file === missing[0]?.path)
    return notLooked(`not looked at: ${fault?.check ?? 'IMP-05'}`)
  }
  return shards.length === 0 ? notLooked('not looked at: no weights were read') : undefined
}
