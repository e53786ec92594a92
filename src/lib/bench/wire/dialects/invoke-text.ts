import {addUsage, countIn, type Dialect, finishOf, objectIn, objectsIn, textIn, visible} from '../dialect.js'
import {noEffects} from '../effects.js'
import {addInvocationMetrics} from './invocation-metrics.js'

/** Llama by InvokeModel: the count of output tokens grows with every event, that of input tokens is on the first alone. */
export const llama: Dialect = {
  keys: {text: new Set(['generation']), count: 'generation_token_count'},
  read(event) {
    const effects = noEffects()
    visible(effects, textIn(event, 'generation'))
    effects.count = countIn(event, 'generation_token_count', effects)
    finishOf(effects, event['stop_reason'])
    addUsage(effects, {input: countIn(event, 'prompt_token_count', effects)})
    if (effects.finish !== undefined) addUsage(effects, {output: effects.count})
    addInvocationMetrics(event, effects)
    return effects
  },
}

/** Mistral by InvokeModel: text models answer `outputs`, chat models `choices`. */
export const mistral: Dialect = {
  keys: {text: new Set(['text', 'content', 'arguments']), count: undefined},
  read(event) {
    const effects = noEffects()
    for (const output of objectsIn(event, 'outputs')) {
      visible(effects, textIn(output, 'text'))
      finishOf(effects, output['stop_reason'])
    }
    for (const choice of objectsIn(event, 'choices')) {
      visible(effects, textIn(objectIn(choice, 'message'), 'content'))
      visible(effects, textIn(objectIn(choice, 'delta'), 'content'))
      finishOf(effects, choice['stop_reason'] ?? choice['finish_reason'])
    }
    addInvocationMetrics(event, effects)
    return effects
  },
}
