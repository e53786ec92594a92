import {type CompiledPolicy, type CompiledStatement, compilePolicy} from '../compile-policy.js'
import type {PolicyKind, PolicyProblem} from '../policy-document.js'

/** Compiles the policies of an account when they are first asked, each document once whoever it is attached to. */
export class PolicyLibrary {
  readonly #documents = new Map<string, Map<string, CompiledPolicy>>()

  /** `sizeLimit` as for `compilePolicy`; a null document was not read and counts as refused. */
  policy(name: string, document: string | null, kind: PolicyKind, sizeLimit?: number): CompiledPolicy {
    if (document === null) return unreadPolicy(name, kind)
    return new LazyPolicy(name, kind, () => this.#compile(document, kind, sizeLimit))
  }

  #compile(document: string, kind: PolicyKind, sizeLimit: number | undefined): CompiledPolicy {
    const shelf = this.#shelf(`${kind} ${sizeLimit}`)
    const known = shelf.get(document)
    if (known !== undefined) return known
    const compiled = compilePolicy(document, {name: '', kind, ...(sizeLimit !== undefined && {sizeLimit})})
    shelf.set(document, compiled)
    return compiled
  }

  #shelf(name: string): Map<string, CompiledPolicy> {
    const known = this.#documents.get(name)
    if (known !== undefined) return known
    const shelf = new Map<string, CompiledPolicy>()
    this.#documents.set(name, shelf)
    return shelf
  }
}

/** A name of its own around a document that others may share. */
class LazyPolicy implements CompiledPolicy {
  readonly name: string
  readonly kind: PolicyKind
  readonly #compile: () => CompiledPolicy
  #compiled: CompiledPolicy | undefined

  constructor(name: string, kind: PolicyKind, compile: () => CompiledPolicy) {
    this.name = name
    this.kind = kind
    this.#compile = compile
  }

  get problems(): readonly PolicyProblem[] {
    return this.#document().problems
  }

  get refused(): boolean {
    return this.#document().refused
  }

  get statements(): readonly CompiledStatement[] {
    return this.#document().statements
  }

  statementsFor(action: string): readonly CompiledStatement[] {
    return this.#document().statementsFor(action)
  }

  #document(): CompiledPolicy {
    this.#compiled ??= this.#compile()
    return this.#compiled
  }
}

function unreadPolicy(name: string, kind: PolicyKind): CompiledPolicy {
  const problem = {path: '$', severity: 'error', code: 'UNREAD', message: 'the document was not read'} as const
  return {name, kind, problems: [problem], refused: true, statements: [], statementsFor: () => []}
}
