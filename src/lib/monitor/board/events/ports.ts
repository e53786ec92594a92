import type {ReadValues} from '../../../account/snapshot.schema.js'

/** A management event as CloudTrail has it, without what was asked and answered. */
export interface TrailEvent extends Readonly<ReadValues['cloudtrail:bedrock-events']['events'][number]> {
  /** First of the resources that the look-up names. */
  readonly resource: string | null
  /** Why it failed, in the words of the service. */
  readonly message: string | null
}

/** CloudTrail as the board needs it. */
export interface TrailSource {
  /** The event sources of Bedrock. */
  readonly sources: readonly string[]
  /**
   * Events of one source since a moment, newest first, a page of at most 50 at a time: who has enough stops. No more
   * than two pages a second, as CloudTrail answers. cloudtrail:LookupEvents.
   */
  pages(
    region: string,
    query: {readonly source: string; readonly from: Date; readonly to: Date},
    signal: AbortSignal,
  ): AsyncIterable<readonly TrailEvent[]>
}
