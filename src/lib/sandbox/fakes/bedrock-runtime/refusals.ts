import {AccessDeniedException, ResourceNotFoundException, ValidationException} from '@aws-sdk/client-bedrock-runtime'

export function invalid(message: string): ValidationException {
  return new ValidationException({message, $metadata: {}})
}

export function notFound(message: string): ResourceNotFoundException {
  return new ResourceNotFoundException({message, $metadata: {}})
}

export function denied(message: string): AccessDeniedException {
  return new AccessDeniedException({message, $metadata: {}})
}

/** To whoever wants a stream of a model that gives none. */
export function unsupported(): ValidationException {
  return invalid('The model is unsupported for streaming.')
}
