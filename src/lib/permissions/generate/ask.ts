import type {CallerNetwork} from '../../iam/caller-context.js'
import type {CallPlace} from '../../iam/legs/leg.js'
import type {Workload} from '../../iam/legs/workload-legs.js'
import type {ContextValues} from '../../iam/request-context.js'
import type {PolicyText, Statement} from './statement.js'

/** One question to the evaluator, and the answer it must give before policies are printed. */
export interface Ask {
  readonly what: string
  readonly expected: 'ALLOW' | 'DENY'
  readonly who: 'caller' | 'service-role' | 'service'
  readonly asked:
    | {readonly kind: 'call'; readonly workload: Workload; readonly place: CallPlace}
    | {
        readonly kind: 'action'
        readonly action: string
        readonly resource: string
        readonly context?: ContextValues
        /** Account of a bucket, which its ARN does not tell. */
        readonly owner?: string
      }
  /** The way of the caller; the one the policies are made for unless given. */
  readonly network?: CallerNetwork
  /** Takes the service in place of Bedrock. */
  readonly service?: string
}

/** Policies to be, with all they must and must not allow. */
export interface Draft {
  readonly caller: readonly Statement[]
  readonly role: {
    readonly name: string
    readonly arn: string
    readonly trust: PolicyText
    readonly statements: readonly Statement[]
  } | null
  readonly asks: readonly Ask[]
  readonly notes: readonly string[]
}

export function call(
  what: string,
  expected: Ask['expected'],
  workload: Workload,
  place: CallPlace,
  more: Partial<Pick<Ask, 'who' | 'network'>> = {},
): Ask {
  return {what, expected, who: 'caller', asked: {kind: 'call', workload, place}, ...more}
}

export function action(
  what: string,
  expected: Ask['expected'],
  asked: {
    readonly action: string
    readonly resource: string
    readonly context?: ContextValues
    readonly owner?: string
  },
  more: Partial<Pick<Ask, 'who' | 'network' | 'service'>> = {},
): Ask {
  return {what, expected, who: 'caller', asked: {kind: 'action', ...asked}, ...more}
}
