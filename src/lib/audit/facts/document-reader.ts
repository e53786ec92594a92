import type {CompiledPolicy, CompiledStatement} from '../../iam/compile-policy.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import {lintPolicy, type PolicyRemark} from '../../iam/lint-policy.js'
import {type ParsedPolicy, parsePolicy} from '../../iam/parse-policy.js'
import type {PolicyKind, PolicyStatement} from '../../iam/policy-document.js'
import type {AuditContext} from '../audit-context.js'

/** What is wrong with a document, as AWS and as its reader sees it. */
interface Opened {
  readonly parsed: Pick<ParsedPolicy, 'document' | 'problems'>
  readonly remarks: readonly PolicyRemark[]
}

const NOTHING: Opened = {parsed: {document: undefined, problems: []}, remarks: []}

/** Looks through every document once, however many hold it. */
export class DocumentReader {
  readonly #known = new Map<string, Opened>()
  readonly #compiled: ReadonlyMap<string, CompiledPolicy>
  readonly #facts: IamFacts

  constructor({policies, iam}: AuditContext) {
    const principals = policies.principals.state === 'read' ? policies.principals.value : []
    const named = principals.flatMap((principal) => principal.policies)
    this.#compiled = new Map(
      named.flatMap(({document, compiled}) => (document === null ? [] : [[document, compiled] as const])),
    )
    this.#facts = iam
  }

  open(text: string, kind: PolicyKind): Opened {
    const key = `${kind} ${text}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const compiled = kind === 'identity' ? this.#compiled.get(text) : undefined
    // What evaluation has made ready need not be parsed again to see that nothing is wrong with it.
    const isFine = compiled !== undefined && !compiled.refused && this.#isFine(compiled)
    const found = isFine ? NOTHING : this.#parse(text, kind)
    this.#known.set(key, found)
    return found
  }

  #parse(text: string, kind: PolicyKind): Opened {
    const parsed = parsePolicy(text, {kind, sizeLimit: Number.POSITIVE_INFINITY})
    return {parsed, remarks: parsed.document ? lintPolicy(parsed.document, kind, this.#facts) : []}
  }

  #isFine({statements}: CompiledPolicy): boolean {
    const read = statements.map(statementOf)
    if (read.includes(undefined)) return false
    const document = {version: '2012-10-17', statements: read.flatMap((one) => one ?? [])} as const
    return lintPolicy(document, 'identity', this.#facts).length === 0
  }
}

/** The words of a compiled statement; undefined where a pattern does not show how it was written. */
function statementOf(statement: CompiledStatement): PolicyStatement | undefined {
  const actions = statement.actions.flatMap((glob) =>
    glob.kind === 'pattern' ? [] : [glob.kind === 'any' ? '*' : glob.kind === 'exact' ? glob.text : `${glob.text}*`],
  )
  if (actions.length < statement.actions.length) return undefined
  const {effect, notActions, notResources, conditions, principals} = statement
  return {
    sid: undefined,
    effect,
    principals,
    notActions,
    actions,
    notResources,
    resources: [],
    conditions: conditions.map(({operator, key}) => ({operator, key, values: []})),
  }
}
