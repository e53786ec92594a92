import {
  ConflictException,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  ValidationException,
} from '@aws-sdk/client-bedrock'
import {type Page, type PageRequest, pageOf} from '../page.js'

export function invalid(message: string): ValidationException {
  return new ValidationException({message, $metadata: {}})
}

export function notFound(message: string): ResourceNotFoundException {
  return new ResourceNotFoundException({message, $metadata: {}})
}

export function conflict(message: string): ConflictException {
  return new ConflictException({message, $metadata: {}})
}

export function quotaExceeded(message: string): ServiceQuotaExceededException {
  return new ServiceQuotaExceededException({message, $metadata: {}})
}

/** A page of a Bedrock list; a token of another list is refused. */
export function bedrockPage<Item>(all: readonly Item[], request: PageRequest): Page<Item> {
  const page = pageOf(all, request)
  if (!page) throw invalid('The provided nextToken is invalid.')
  return page
}
