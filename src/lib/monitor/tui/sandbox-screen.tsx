import {layoutOf, type SandboxLayout} from '../sandbox/layout.js'
import type {SandboxState} from '../sandbox/state.js'
import {listedRequests, selectedRequest, shownRequests} from '../sandbox/visible-requests.js'
import type {Look, SpanLine} from '../span.js'
import {Frame} from './frame.js'
import {filled, sideBySide} from './lay-spans.js'
import {operationLines} from './operation-table.js'
import {detailLines, requestLines} from './request-list.js'
import {listTitle, sandboxFooter} from './sandbox-footer.js'
import {type SandboxFacts, sandboxHeader} from './sandbox-header.js'
import {sandboxHelp} from './sandbox-help.js'

export interface SandboxScreenProps {
  readonly facts: SandboxFacts
  readonly state: SandboxState
  readonly look: Look
}

/** The live view of a sandbox: props in, a frame of exactly the terminal's size out. */
export function SandboxScreen(props: SandboxScreenProps) {
  const {look, state} = props
  return <Frame lines={linesOf(props)} look={look} size={state.size} />
}

function linesOf({facts, look, state}: SandboxScreenProps): readonly SpanLine[] {
  const listed = listedRequests(state)
  const selected = state.help ? undefined : selectedRequest(listed, state.selected)
  const layout = layoutOf(state.size, state.operations.size, selected ? 2 : 0)
  if (!layout) return tooSmall(facts, state)
  const {spacious} = layout
  const blank: readonly SpanLine[] = spacious ? [[]] : []
  const body = state.help ? sandboxHelp(look) : requestsOf({facts, look, state}, layout)
  const details = selected ? detailLines(selected) : []
  return filled(
    [...sandboxHeader(facts, state, {look, spacious}), ...blank, ...body],
    [...details, sandboxFooter(state, {listed: listed.length, look, spacious})],
    state.size.rows,
  )
}

/** The list of requests, the table of operations beside or above it. */
function requestsOf({facts, look, state}: SandboxScreenProps, layout: SandboxLayout): readonly SpanLine[] {
  const {listWidth, listRows, operationsWidth, operationRows, spacious} = layout
  const listed = listedRequests(state)
  const selected = selectedRequest(listed, state.selected)?.number
  const requests = shownRequests(listed, selected, listRows)
  const list = [
    ...(spacious ? [listTitle(state, listed.length)] : []),
    ...requestLines({requests, selected, width: listWidth, rows: listRows, look, empty: emptyText(state, facts)}),
  ]
  if (operationsWidth === 0) return list
  const {columns} = state.size
  const operations = operationLines({operations: state.operations, width: operationsWidth, rows: operationRows, look})
  if (layout.sideBySide) return sideBySide(list, operations, columns - operationsWidth, look)
  return [...operations, [], ...list]
}

function emptyText({seen, requests, frozen}: SandboxState, {hint}: SandboxFacts): readonly string[] {
  if ((frozen?.requests ?? requests).length > 0) return ['No request matches. Esc shows all again.']
  if (seen > 0) return ['Cleared. The next request is shown here.']
  return ['No request yet. In another shell:', hint, 'aws bedrock list-foundation-models']
}

function tooSmall({url}: SandboxFacts, {count, errors}: SandboxState): readonly SpanLine[] {
  const lines = [url, `${count} requests, ${errors} errors`, 'Terminal too small', 'q quits']
  return lines.map((text) => [{text}])
}
