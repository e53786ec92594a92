import {ResourceNotFoundException, ValidationException} from '@aws-sdk/client-bedrock-agent'
import {type Page, pageOf} from '../page.js'

export function notFound(what: string): ResourceNotFoundException {
  return new ResourceNotFoundException({
    message: `Failed to retrieve resource ${what} because it does not exist.`,
    $metadata: {},
  })
}

interface ListInput {
  readonly nextToken?: string | undefined
  readonly maxResults?: number | undefined
}

/** A page of a list; a token of another list is refused. `scope` names the list. */
export function agentPage<Item>(
  all: readonly Item[],
  {nextToken, maxResults = 10}: ListInput,
  scope: string,
): Page<Item> {
  const page = pageOf(all, {token: nextToken, size: maxResults, scope})
  if (!page) throw new ValidationException({message: 'Invalid nextToken.', $metadata: {}})
  return page
}
