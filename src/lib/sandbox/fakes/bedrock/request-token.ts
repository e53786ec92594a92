import type {RequestContext} from '../../handler.js'
import {here} from './place.js'
import {conflict} from './refusals.js'

/**
 * Makes a resource once for each client request token: the same request gets the ARN it got before, another request
 * with the same token is refused.
 */
export function onceForToken<Input extends {clientRequestToken?: string | undefined}>(
  input: Input,
  context: RequestContext,
  make: () => string,
): string {
  const {clientRequestToken, ...rest} = input
  if (clientRequestToken === undefined) return make()
  const {requestTokens} = here(context)
  const key = `${context.operation}:${clientRequestToken}`
  const asked = JSON.stringify(rest)
  const before = requestTokens.get(key)
  if (before && before.input !== asked) {
    throw conflict('The client request token was already used with different request parameters.')
  }
  const arn = before?.arn ?? make()
  requestTokens.set(key, {input: asked, arn})
  return arn
}
