import type {ReadId} from '../account/snapshot.schema.js'
import type {AuditContext} from './audit-context.js'
import type {Evidence, Family, Fix, Missing, Reference, Resource, Severity, Verdict} from './finding.schema.js'

/** One thing that should be so. A check reads the context and nothing else: no clock, no call, no file. */
export interface Check {
  /** Such as EP-03; never used again for something else. */
  readonly id: string
  readonly family: Family
  readonly severity: Severity
  /** What is demanded, as a fact: "An endpoint policy admits less than everything". */
  readonly title: string
  /** One or two sentences: what goes wrong otherwise. */
  readonly why: string
  /** Kinds of things it judges, such as `vpc-endpoint`. */
  readonly resource: string
  /** When it fails, for `audit checks`. */
  readonly failsWhen: string
  /** When it cannot be told, beyond a read that failed; undefined: only then. */
  readonly unknownWhen?: string
  /** Member of bedrockctl.yaml without which there is nothing to judge. */
  readonly needs?: string
  /** Reads it looks at; what they build on is added. */
  readonly reads: readonly ReadId[]
  readonly references: readonly Reference[]
  judge(context: AuditContext): Iterable<Judged>
}

/** What a check says about one resource; the engine makes a finding of it. */
export interface Judged {
  readonly verdict: Exclude<Verdict, 'MUTED'>
  readonly region: string
  readonly resource: Resource
  /** Which of several things about the resource; part of the fingerprint. */
  readonly aspect?: string | undefined
  readonly message: string
  readonly evidence?: readonly Evidence[] | undefined
  /** Of UNKNOWN. */
  readonly missing?: readonly Missing[] | undefined
  /** Where it differs from the check's: a warning threshold. */
  readonly severity?: Severity | undefined
  /** Of FAIL. */
  readonly fix?: Fix | undefined
}
