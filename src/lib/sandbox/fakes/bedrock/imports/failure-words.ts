// Why imports fail. AWS's own words are known of two failures only; the others are the sandbox's, kept in their style.

/** AWS's own words. It names the type of the model, not its class. */
export function unsupportedArchitecture(modelType: string, supported: readonly string[]): string {
  return (
    `Amazon bedrock does not support the architecture (${modelType}) of the model that you are importing. ` +
    `Try again with one of the following supported architectures: [${supported.join(', ')}].`
  )
}

/** AWS's own words. */
export function fileNotFound(uri: string): string {
  return (
    `Amazon bedrock could not find the expected file ${uri}. ` +
    'Make sure the model is in Huggingface format and that the file exists'
  )
}

const own = (problem: string): string => `Amazon bedrock could not import the model: ${problem}.`

export const unreadableJson = (uri: string): string => own(`the file ${uri} is not a valid JSON object`)

export const noPermission = (action: string, what: string): string =>
  own(`the service role is not allowed to perform ${action} on ${what}`)

export const otherRegion = (bucket: string, region: string): string =>
  own(`the bucket ${bucket} is not in the Region ${region}`)

export const noBucket = (bucket: string): string => own(`the bucket ${bucket} does not exist`)

export const wrongClass = (className: string, modelType: string): string =>
  own(`the class ${className} is not the one expected for the model type ${modelType}`)

export const quantized = (method: string): string =>
  own(`quantized weights (${method}) are not supported; use FP32, FP16 or BF16`)

export const tooLarge = (bytes: number, limit: number): string =>
  own(`its weights have ${bytes} bytes, the limit is ${limit}`)

export const noWeights = (uri: string): string => own(`there are no weights in the safetensors format at ${uri}`)

export const badIndex = (problem: string): string => own(`model.safetensors.index.json ${problem}`)

export const badShard = (uri: string, problem: string): string => own(`the file ${uri} cannot be read: ${problem}`)

export const badTensor = (name: string, problem: string): string => own(`the tensor ${name} ${problem}`)

export const noEndTokens = (): string =>
  own('generation_config.json must list the end tokens 200002, 199999 and 200012')

/** A failure that a scenario wants without saying more. */
export const INTERNAL = 'An internal error occurred. Try again.'
