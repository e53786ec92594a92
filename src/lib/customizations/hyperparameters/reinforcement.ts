import type {Hyperparameter} from '../../catalog/custom-models.schema.js'

/** What the API takes for reinforcement fine-tuning (API reference, October 2026); no defaults are published. */
export const REINFORCEMENT_HYPERPARAMETERS: readonly Hyperparameter[] = [
  bound('epochCount', 'integer', 1, 50),
  bound('batchSize', 'integer', 16, 512),
  bound('learningRate', 'decimal', 1e-7, 1e-3),
  bound('maxPromptLength', 'integer', 1, Number.MAX_SAFE_INTEGER),
  bound('trainingSamplePerPrompt', 'integer', 2, 16),
  bound('inferenceMaxTokens', 'integer', 1, Number.MAX_SAFE_INTEGER),
  bound('evalInterval', 'integer', 1, 100),
]

/** The one that is no number. */
export const REASONING_EFFORT = {name: 'reasoningEffort', words: ['low', 'medium', 'high']} as const

/** As AWS sets them in its example; they are no defaults. */
export const REINFORCEMENT_EXAMPLE =
  'batchSize=64 epochCount=2 evalInterval=10 inferenceMaxTokens=8192 learningRate=0.00001 maxPromptLength=4096 reasoningEffort=high trainingSamplePerPrompt=4'

function bound(name: string, kind: Hyperparameter['kind'], least: number, most: number): Hyperparameter {
  return {name, kind, least, most, default: null, word: null, required: false}
}
