/** An ETag without its quotes. */
export function unquoted(etag: string | undefined): string {
  return (etag ?? '').replace(/^"|"$/g, '')
}
