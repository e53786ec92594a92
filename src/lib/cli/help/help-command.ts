/** The part of a command that help reads; oclif's manifest entry has this shape. */
export interface HelpCommand {
  readonly id: string
  readonly summary?: string | undefined
  readonly description?: string | undefined
  readonly hidden?: boolean | undefined
  readonly strict?: boolean | undefined
  readonly usage?: string | readonly string[] | undefined
  readonly examples?: readonly HelpExample[] | undefined
  readonly flags: Readonly<Record<string, HelpFlag>>
  readonly args: Readonly<Record<string, HelpArg>>
  readonly permissions?: readonly string[] | undefined
  readonly seeAlso?: readonly string[] | undefined
}

export type HelpExample = string | {readonly description?: string | undefined; readonly command: string}

export interface HelpFlag {
  readonly name: string
  readonly type: 'boolean' | 'option'
  readonly char?: string | undefined
  readonly description?: string | undefined
  readonly summary?: string | undefined
  readonly helpGroup?: string | undefined
  readonly helpValue?: string | readonly string[] | undefined
  readonly options?: readonly string[] | undefined
  readonly default?: unknown
  readonly required?: boolean | undefined
  readonly hidden?: boolean | undefined
  readonly multiple?: boolean | undefined
  readonly allowNo?: boolean | undefined
}

export interface HelpArg {
  readonly name: string
  readonly description?: string | undefined
  readonly required?: boolean | undefined
  readonly hidden?: boolean | undefined
  readonly multiple?: boolean | undefined
  readonly options?: readonly string[] | undefined
}

/** `models list`, as it is typed. */
export function typedId(id: string): string {
  return id.replaceAll(':', ' ')
}

/** Fills in the two names that examples and descriptions may use. */
export function fillIn(text: string, bin: string, id: string): string {
  return text.replaceAll(/<%=\s*config\.bin\s*%>/g, bin).replaceAll(/<%=\s*command\.id\s*%>/g, typedId(id))
}
