import type {CapacityRow} from '../capacity/capacity.schema.js'
import type {ListFacts} from '../capacity/list/list-capacity.js'
import type {RegionCapacity} from '../capacity/list/read-capacity.js'
import {decimal} from '../core/decimal.js'

/** One row for each thing that was read, with what a copy of an imported model costs by the price book. */
export async function capacityRows(
  read: readonly RegionCapacity[],
  facts: Omit<ListFacts, 'copyHourly'>,
): Promise<readonly CapacityRow[]> {
  const [{listCapacity}, {unitCost}] = await Promise.all([
    import('../capacity/list/list-capacity.js'),
    import('../imports/unit-cost.js'),
  ])
  return listCapacity(read, {
    ...facts,
    copyHourly: ({region, unitsPerCopy, unitsVersion}) => {
      const cost =
        unitsPerCopy === null ? null : unitCost({region, unitsPerCopy, version: unitsVersion ?? 'v1.0'}, facts.book)
      return cost === null || cost.perHour === null
        ? undefined
        : {hourly: decimal(cost.perHour), currency: cost.currency}
    },
  })
}
