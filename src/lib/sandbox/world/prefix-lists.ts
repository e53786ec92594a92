import type {PrefixList} from './network-state.js'
import {hexId} from './unique-id.js'

/** The lists that AWS keeps for its gateway endpoints. Their ranges here are of the block for documentation. */
export function awsPrefixLists(region: string): readonly PrefixList[] {
  return ['s3', 'dynamodb'].map((service, index) => {
    const name = `com.amazonaws.${region}.${service}`
    const entries = [{cidr: `198.51.100.${64 * index}/26`, description: undefined}]
    return {id: `pl-${hexId(name, 8)}`, name, owner: 'AWS', entries, tags: {}}
  })
}
