import type {Unread} from '../core/answer.schema.js'
import {BedrockctlError} from '../core/errors.js'
import {toUnread} from '../core/unread.js'

/** What came of reading one part in many places. */
export interface ReadPart<Entry> {
  readonly entries: readonly Entry[]
  readonly notEnabled: readonly string[]
  readonly unread: readonly Unread[]
  /** The failures behind `unread` and `notEnabled`; like all of these in the order in which they came. */
  readonly failures: readonly BedrockctlError[]
}

interface Failed {
  readonly failure: BedrockctlError
  readonly region: string
}

/** Reads every place at once, as the session's limits allow; one that fails costs the others nothing. */
export async function readEach<Place extends {readonly region: string}, Entry>(
  places: readonly Place[],
  action: string,
  read: (place: Place) => Promise<Entry>,
): Promise<ReadPart<Entry>> {
  const entries: Entry[] = []
  const failed: Failed[] = []
  const readOne = async (place: Place) => {
    try {
      entries.push(await read(place))
    } catch (failure) {
      if (!(failure instanceof BedrockctlError)) throw failure
      failed.push({failure, region: place.region})
    }
  }
  await Promise.all(places.map(readOne))
  const isClosed = ({failure}: Failed) => failure.code === 'REGION_NOT_ENABLED'
  return {
    entries,
    notEnabled: failed.filter(isClosed).map(({region}) => region),
    unread: failed.filter((one) => !isClosed(one)).map(({failure, region}) => toUnread(failure, region, action)),
    failures: failed.map(({failure}) => failure),
  }
}
