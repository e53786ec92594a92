import type {CustomModelFacts, ImportArchitecture} from '../../catalog/custom-models.schema.js'
import type {DocumentPath, ModelReading} from '../read/model-reading.js'
import type {Tensor} from '../safetensors/read-entry.js'
import type {WeightLayout} from './weight-layouts.js'

/** A blocker makes the import or its use fail; a warning may; information is worth knowing. */
export type Severity = 'blocker' | 'warning' | 'info'

/** One thing that should be so of a model. A check reads the context and nothing else. */
export interface ImportCheck {
  /** Such as IMP-07; never used again for something else. */
  readonly id: string
  /** What is demanded, as a fact. */
  readonly title: string
  /** Of a failure, unless it says otherwise. */
  readonly severity: Severity
  /** What goes wrong otherwise. */
  readonly why: string
  judge(context: CheckContext): Iterable<Judged>
}

/** What a check says; nothing at all means that all is well. */
export interface Judged {
  readonly verdict: 'fail' | 'unknown' | 'not-applicable'
  readonly severity?: Severity | undefined
  readonly file?: string | undefined
  readonly tensor?: string | undefined
  readonly said: string
  /** What mends it. */
  readonly fix?: string | undefined
}

export interface PlacedTensor extends Tensor {
  readonly file: string
}

/** What a model is judged by, derived once. */
export interface CheckContext {
  readonly model: ModelReading
  readonly facts: CustomModelFacts['imports']
  /** Where it is to be imported; undefined: nobody said. */
  readonly region: string | undefined
  /** Whether Converse is wanted of it. */
  readonly converse: boolean
  /** What is wrong with the S3 address as Bedrock takes addresses. */
  readonly addressProblems: readonly string[]
  readonly config: Readonly<Record<string, unknown>> | undefined
  readonly architecture: ImportArchitecture | undefined
  readonly layout: WeightLayout | undefined
  /** Of all shards that were read. */
  readonly tensors: readonly PlacedTensor[]
  /** Why not all tensors are known; undefined when they are. */
  readonly partial: Judged | undefined
}

export function fails(said: string, more: Omit<Judged, 'verdict' | 'said'> = {}): Judged {
  return {verdict: 'fail', said, ...more}
}

export function notKnown(said: string): Judged {
  return {verdict: 'unknown', said}
}

export function notLooked(said: string): Judged {
  return {verdict: 'not-applicable', said}
}

/** The faults of files that this check tells. */
export function faultsOf(context: CheckContext, id: string, fix: string): readonly Judged[] {
  return context.model.faults
    .filter(({check}) => check === id)
    .map(({file, said, tensor}) => fails(said, {file, tensor, fix}))
}

/** Why a document cannot be judged, when another check has told so, or when it could not be read. */
export function unseen({model}: CheckContext, path: DocumentPath, own: string): Judged | undefined {
  const document = model.document(path)
  if (document.state === 'unread') return notKnown(`${path} could not be read: ${document.reason}`)
  if (document.state !== 'faulty' || document.fault.check === own) return undefined
  return notLooked(`not looked at: ${document.fault.check}`)
}
