/** Statements of a policy text, each as its canonical text; undefined when the text is no policy. */
export function policyStatements(text: string): ReadonlyMap<string, string> | undefined {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof document !== 'object' || document === null || !('Statement' in document)) return undefined
  const statements: readonly unknown[] = Array.isArray(document.Statement) ? document.Statement : [document.Statement]
  return new Map(statements.map((statement) => [canonical(statement), describe(statement)]))
}

/** The same text for the same statement, whatever the order of its members and of its lists. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}

const LONGEST = 160

/** `Allow bedrock:InvokeModel on *, with conditions`. */
function describe(statement: unknown): string {
  if (typeof statement !== 'object' || statement === null) return JSON.stringify(statement)
  const {Sid, Effect, Action, NotAction, Resource, NotResource, Principal, Condition} = statement as Readonly<
    Record<string, unknown>
  >
  const words = [
    Sid === undefined ? '' : `${list(Sid)}:`,
    list(Effect),
    NotAction === undefined ? list(Action) : `everything but ${list(NotAction)}`,
    Resource === undefined && NotResource === undefined ? '' : 'on',
    NotResource === undefined ? list(Resource) : `everything but ${list(NotResource)}`,
    Principal === undefined ? '' : `for ${typeof Principal === 'string' ? Principal : JSON.stringify(Principal)}`,
    Condition === undefined ? '' : `when ${JSON.stringify(Condition)}`,
  ]
  const text = words.filter((word) => word !== '').join(' ')
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function list(value: unknown): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.map(String).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
