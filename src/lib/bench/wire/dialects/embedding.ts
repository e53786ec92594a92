import {addUsage, countIn, type Dialect, objectIn, textIn} from '../dialect.js'
import {noEffects} from '../effects.js'

/** Whole answers of embedding models; no events bear content. */
export const embedding: Dialect = {
  keys: {text: new Set(), count: undefined},
  read(event) {
    const effects = noEffects()
    effects.model = textIn(event, 'model') || undefined
    const input =
      countIn(objectIn(event, 'usage'), 'prompt_tokens', effects) ?? countIn(event, 'inputTextTokenCount', effects)
    addUsage(effects, {input})
    effects.last = true
    return effects
  },
}
