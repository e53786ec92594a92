import {expect, test} from 'vitest'
import {READ_IDS, READS, withDependencies} from '../../../src/lib/account/reads.js'
import {readValueSchemas} from '../../../src/lib/account/snapshot.schema.js'

test('every read has a schema of its value, and every schema a read', () => {
  expect([...READ_IDS].sort()).toEqual(Object.keys(readValueSchemas).sort())
})

test('a read comes after everything it builds on, whatever was asked for', () => {
  for (const id of READ_IDS) {
    const order = withDependencies([id])

    expect(order.at(-1)).toBe(id)
    for (const one of order) {
      expect(READS[one].dependsOn.every((needed) => order.indexOf(needed) < order.indexOf(one))).toBe(true)
    }
  }
})

test('every action is one of IAM, and the first read of a service names it', () => {
  for (const {actions} of Object.values(READS)) {
    expect(actions.length).toBeGreaterThan(0)
    expect(actions.filter((action) => !/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/.test(action))).toEqual([])
  }
})
