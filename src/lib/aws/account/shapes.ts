/** ISO 8601, or null for a moment that the service did not tell. */
export function moment(date: Date | number | undefined): string | null {
  if (date === undefined) return null
  const found = typeof date === 'number' ? new Date(date) : date
  return Number.isNaN(found.getTime()) ? null : found.toISOString()
}

interface AnyTag {
  readonly key?: string | undefined
  readonly value?: string | undefined
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** Tags of any service, by key. */
export function tagList(
  tags: readonly AnyTag[] | undefined,
): readonly {readonly key: string; readonly value: string}[] {
  return (tags ?? [])
    .map((tag) => ({key: tag.key ?? tag.Key ?? '', value: tag.value ?? tag.Value ?? ''}))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

export function tagRecord(tags: Readonly<Record<string, string>> | undefined): ReturnType<typeof tagList> {
  return tagList(Object.entries(tags ?? {}).map(([key, value]) => ({key, value})))
}
