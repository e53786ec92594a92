import type {RequestContext} from '../../handler.js'

/** ARN of a role that jobs of the scenario's own models ran under. */
export const serviceRole = (name: string, {world, account}: RequestContext): string =>
  `arn:${world.account(account).partition}:iam::${account}:role/${name}`
