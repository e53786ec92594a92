import {BedrockctlError} from '../core/errors.js'

/**
 * All items of a paginated listing, in order. A service that hands out the same page token twice would never end: that
 * is an error, not a shorter list.
 */
export async function collectPages<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  tokenOf: (page: Page) => string | undefined,
): Promise<readonly Item[]> {
  const seen = new Set<string>()
  const items: Item[] = []
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []))
    const token = tokenOf(page)
    if (token === undefined || token === '') continue
    if (seen.has(token)) throw repeated()
    seen.add(token)
  }
  return items
}

/** A listing that would never end. */
export function repeated(): BedrockctlError {
  return new BedrockctlError('SERVICE_ERROR', 'The service repeats a page of its listing without end.', {
    fault: 'service',
    hint: 'Try again; if it stays, report it with --debug.',
  })
}
