/** `*` matches any run of characters; no pattern matches everything. */
export function matchesPattern(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern === text) return true
  if (!pattern.includes('*')) return false
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${source}$`, 's').test(text)
}
