export interface PageRequest {
  readonly token: string | undefined
  readonly size: number
  /** What is being listed, filters included: a token is good for this list only. */
  readonly scope: string
}

export interface Page<Item> {
  readonly items: Item[]
  readonly next: string | undefined
}

/** One page of a list; `undefined` when the token was not made for it. */
export function pageOf<Item>(all: readonly Item[], {token, size, scope}: PageRequest): Page<Item> | undefined {
  const from = token === undefined ? 0 : offsetOf(token, scope)
  if (from === undefined || from > all.length) return undefined
  const to = from + size
  return {items: all.slice(from, to), next: to < all.length ? tokenFor(to, scope) : undefined}
}

function tokenFor(offset: number, scope: string): string {
  return Buffer.from(JSON.stringify([offset, scope])).toString('base64')
}

function offsetOf(token: string, scope: string): number | undefined {
  try {
    const [offset, of] = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as [unknown, unknown]
    return of === scope && Number.isInteger(offset) ? Number(offset) : undefined
  } catch {
    return undefined
  }
}
