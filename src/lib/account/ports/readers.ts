import type {Part, ReadId, ReadValues} from '../snapshot.schema.js'

/** What a read is asked about, where the answers of other reads say so. */
export interface Subjects {
  'bedrock:model-access': readonly string[]
  'cloudwatch:bedrock-usage': readonly MetricSubject[]
  'iam:key-user-credentials': readonly string[]
  'iam:last-accessed': readonly string[]
  'kms:keys': readonly {readonly id: string; readonly uses: readonly KeyUse[]}[]
  'logs:log-groups': readonly string[]
  'route53:vpc-hosted-zones': readonly string[]
  's3:buckets': readonly {readonly name: string; readonly uses: readonly BucketUse[]}[]
}

export interface MetricSubject {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
}

export interface KeyUse {
  readonly read: string
  readonly resource: string
}

export interface BucketUse {
  readonly read: string
  readonly region: string
  readonly purpose: string
}

export interface ReadContext {
  /** The Region to read; for reads that belong to none, the one whose endpoint is asked. */
  readonly region: string
  readonly account: string
  readonly signal: AbortSignal
  readonly now: Date
  /** Makes a call of which the rest of the value does not depend: a failure is told in its place. */
  part<Value>(action: string, ask: () => Promise<Value>): Promise<Part<Value>>
}

/** Makes one read in one place; what it throws leaves the read unread. */
export type Reader<Id extends ReadId> = (
  context: ReadContext,
  subjects: Id extends keyof Subjects ? Subjects[Id] : undefined,
) => Promise<ReadValues[Id]>

export type Readers = {readonly [Id in ReadId]?: Reader<Id>}

export interface ReaderSource {
  /** The readers of one service; its client is loaded then and not before. */
  readersOf(service: string): Promise<Readers>
}
