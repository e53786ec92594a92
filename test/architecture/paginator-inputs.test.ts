import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {sourceFiles} from '../support/source-graph.js'

/** A listing of the SDK; the second group is what its input begins with. */
const LISTING = /\b(paginate\w+)\(\s*\{[^{}]*\},\s*(\S)/g

// The SDK's paginators write their token into the input: two listings that share one read each other's pages.
test('every listing is given an input of its own, written on the spot', () => {
  const listings = sourceFiles()
    .filter((file) => file.startsWith('src/lib/aws/'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(LISTING)].map(([, paginator, start]) => ({file, paginator, start})),
    )

  expect(listings.length).toBeGreaterThan(50)
  expect(listings.filter(({start}) => start !== '{')).toEqual([])
})
