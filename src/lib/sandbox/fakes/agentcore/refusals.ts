import {ResourceNotFoundException, ValidationException} from '@aws-sdk/client-bedrock-agentcore-control'
import {type Page, pageOf} from '../page.js'

export function notFound(kind: string, id: string): ResourceNotFoundException {
  return new ResourceNotFoundException({message: `${kind} with id '${id}' not found`, $metadata: {}})
}

interface ListInput {
  readonly nextToken?: string | undefined
  readonly maxResults?: number | undefined
}

/** A page of a list; a token of another list is refused. `scope` names the list. */
export function corePage<Item>(
  all: readonly Item[],
  {nextToken, maxResults = 10}: ListInput,
  scope: string,
): Page<Item> {
  const page = pageOf(all, {token: nextToken, size: maxResults, scope})
  if (!page) {
    throw new ValidationException({message: 'Invalid nextToken', reason: 'FieldValidationFailed', $metadata: {}})
  }
  return page
}
