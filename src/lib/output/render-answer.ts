import type {Answer} from '../core/answer.schema.js'
import type {Terminal} from './terminal.js'
import type {View} from './view.js'

export interface RenderOptions {
  /** table, json, ndjson, csv, markdown, or a format of the view's own. */
  readonly format: string
  /** JMESPath, applied to the whole result before it is printed. */
  readonly query: string | undefined
  readonly terminal: Terminal
}

/** The answer as text, in the format asked for; labelled when a sandbox gave it. */
export async function renderAnswer<Result extends Answer, Row extends object>(
  result: Result,
  view: View<Result, Row>,
  {format}: RenderOptions,
): Promise<string> {
  const extra = view.extra?.[format]
  if (extra) return extra(result)
  return JSON.stringify(result, null, 2)
}
