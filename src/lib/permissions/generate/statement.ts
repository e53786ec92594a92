/** An Allow as it stands in a policy. */
export interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
  readonly Condition?: Conditions
}

/** Operator → key → value, or values of which one must be. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

export interface PolicyText {
  readonly Version: '2012-10-17'
  readonly Statement: readonly object[]
}

/** A statement with the conditions that are there; several of one operator stand together. */
export function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  ...conditions: readonly Conditions[]
): Statement {
  const merged: Record<string, Conditions[string]> = {}
  for (const one of conditions) {
    for (const [operator, keys] of Object.entries(one)) merged[operator] = {...merged[operator], ...keys}
  }
  const found = {Sid: sid, Effect: 'Allow', Action: [...actions], Resource: [...new Set(resources)]} as const
  return Object.keys(merged).length === 0 ? found : {...found, Condition: merged}
}

export function policyText(statements: readonly object[]): PolicyText {
  return {Version: '2012-10-17', Statement: statements}
}

/** As IAM counts: without white space. */
export function sizeOf(document: object): number {
  return JSON.stringify(document).replace(/\s/g, '').length
}
