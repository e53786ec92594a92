/** What is wrong with a file of safetensors. */
export interface HeaderFault {
  readonly kind:
    | 'length'
    | 'big-endian'
    /** No JSON, or more of it than any model has. */
    | 'json'
    | 'duplicate'
    /** A type of tensors that the format does not have. */
    | 'type'
    /** Shapes and places that do not fit each other, or the file. */
    | 'layout'
  readonly said: string
  readonly tensor?: string | undefined
}
