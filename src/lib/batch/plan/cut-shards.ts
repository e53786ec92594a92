import {cutUnevenly} from './cut-unevenly.js'
import type {NumberList} from './number-list.js'
import type {ShardLimits} from './shard-limits.js'

/** So many jobs more than the fewest are tried for an even cut before an uneven one is looked for. */
const TRIES = 8

/**
 * Cuts records, in their order, into the fewest jobs that keep to the limits: the index after the last record of each.
 * Jobs are even in records, or in bytes where those decide. Undefined where no cut keeps to the limits.
 */
export function cutShards(sizes: NumberList, limits: ShardLimits): readonly number[] | undefined {
  if (sizes.length === 0 || sizes.length < limits.minRecords) return undefined
  const fewest = countFullShards(sizes, limits)
  if (fewest === undefined) return undefined
  for (let count = fewest; count < fewest + TRIES && count * limits.minRecords <= sizes.length; count += 1) {
    for (const ends of [cutByRecords(sizes, count), cutByBytes(sizes, count)]) {
      if (keepsTo(sizes, ends, limits)) return ends
    }
  }
  return cutUnevenly(sizes, limits)
}

/** How many jobs there are when each is filled; undefined where one record alone is too large. */
function countFullShards(sizes: NumberList, {maxBytes, maxRecords}: ShardLimits): number | undefined {
  let shards = 1
  let records = 0
  let bytes = 0
  for (let index = 0; index < sizes.length; index += 1) {
    const size = sizes.at(index)
    if (size > maxBytes) return undefined
    if (records === maxRecords || bytes + size > maxBytes) {
      shards += 1
      records = 0
      bytes = 0
    }
    records += 1
    bytes += size
  }
  return shards
}

function cutByRecords(sizes: NumberList, count: number): readonly number[] {
  return Array.from({length: count}, (_, index) => Math.floor(((index + 1) * sizes.length) / count))
}

function cutByBytes(sizes: NumberList, count: number): readonly number[] {
  let total = 0
  for (let index = 0; index < sizes.length; index += 1) total += sizes.at(index)
  const ends: number[] = []
  let passed = 0
  for (let index = 0; index < sizes.length; index += 1) {
    const size = sizes.at(index)
    // The record that crosses the line belongs to the side where most of it is.
    if (ends.length < count - 1 && passed + size / 2 >= (total * (ends.length + 1)) / count) ends.push(index)
    passed += size
  }
  return [...ends, sizes.length]
}

function keepsTo(sizes: NumberList, ends: readonly number[], limits: ShardLimits): boolean {
  let start = 0
  for (const end of ends) {
    const records = end - start
    if (records < Math.max(1, limits.minRecords) || records > limits.maxRecords) return false
    let bytes = 0
    for (; start < end; start += 1) bytes += sizes.at(start)
    if (bytes > limits.maxBytes) return false
  }
  return start === sizes.length
}
