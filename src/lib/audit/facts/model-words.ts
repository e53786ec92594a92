import {UNNAMED} from './bedrock-grade.js'

/** A model as findings name it; the one that nobody has stands for any. */
export function modelWords(modelId: string): string {
  return modelId.includes(UNNAMED) ? 'any model' : modelId
}
