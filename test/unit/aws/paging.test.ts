import {expect, test} from 'vitest'
import {collectPages} from '../../../src/lib/aws/paging.js'

interface Page {
  readonly items?: readonly number[]
  readonly next?: string
}

async function* pagesOf(...pages: readonly Page[]): AsyncIterable<Page> {
  yield* pages
}

const collect = (...pages: readonly Page[]) =>
  collectPages(
    pagesOf(...pages),
    ({items}) => items,
    ({next}) => next,
  )

test('the items of all pages, in order; a page may be empty', async () => {
  expect(await collect({items: [1, 2], next: 'a'}, {next: 'b'}, {items: [3]})).toEqual([1, 2, 3])
})

test('a token that comes twice is an error, not a shorter list', async () => {
  await expect(
    collect({items: [1], next: 'a'}, {items: [2], next: 'b'}, {items: [1], next: 'a'}),
  ).rejects.toMatchObject({code: 'SERVICE_ERROR'})
})
