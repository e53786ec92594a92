import {compileGlob, matchesGlob} from '../../iam/glob.js'

/** What tells a user or role apart. */
export interface Nameable {
  readonly kind: 'user' | 'role'
  readonly arn: string
  readonly name: string
}

/**
 * Whether bedrockctl.yaml means the principal: by ARN, `role/NAME`, `user/NAME` or name, also with its path (`role/ops/NAME`);
 * `*` stands for any text.
 */
export function isNamedBy(patterns: readonly string[], {kind, arn, name}: Nameable): boolean {
  const withPath = arn.slice(arn.indexOf(`:${kind}/`) + 1)
  const names = [arn, name, `${kind}/${name}`, withPath]
  return patterns.some((pattern) => {
    const glob = compileGlob(pattern)
    return names.some((one) => matchesGlob(glob, one))
  })
}
