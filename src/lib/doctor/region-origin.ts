import {sanitise} from '../core/text.js'

/** What named the Region, in the order of precedence. */
export function regionOrigin(
  asked: readonly string[],
  context: {
    readonly sandboxed: boolean
    readonly profile: string | undefined
    readonly env: Readonly<Record<string, string | undefined>>
  },
): string {
  if (asked.length > 0) return '--region'
  if (context.env['AWS_REGION']) return 'AWS_REGION'
  if (context.env['AWS_DEFAULT_REGION']) return 'AWS_DEFAULT_REGION'
  if (context.sandboxed) return 'the sandbox'
  const profile = context.profile ?? context.env['AWS_PROFILE']
  return profile ? `profile ${sanitise(profile)}` : 'the default profile or the instance'
}
