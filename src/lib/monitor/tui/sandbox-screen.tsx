import {Box} from 'ink'
import {layoutOf, type SandboxLayout} from '../sandbox/layout.js'
import type {SandboxState, SeenRequest} from '../sandbox/state.js'
import {listedRequests, selectedRequest, shownRequests} from '../sandbox/visible-requests.js'
import type {Look} from '../span.js'
import {Line} from './line.js'
import {OperationTable} from './operation-table.js'
import {RequestDetails} from './request-details.js'
import {RequestList} from './request-list.js'
import {listTitle, SandboxFooter} from './sandbox-footer.js'
import {type SandboxFacts, SandboxHeader} from './sandbox-header.js'
import {SandboxHelp} from './sandbox-help.js'

export interface SandboxScreenProps {
  readonly facts: SandboxFacts
  readonly state: SandboxState
  readonly look: Look
}

interface Body extends SandboxScreenProps {
  readonly layout: SandboxLayout
  readonly listed: readonly SeenRequest[]
}

/** The live view of a sandbox: props in, a frame of exactly the terminal's size out. */
export function SandboxScreen(props: SandboxScreenProps) {
  const {facts, state, look} = props
  const {columns, rows} = state.size
  const listed = listedRequests(state)
  const selected = selectedRequest(listed, state.selected)
  const layout = layoutOf(state.size, state.operations.size, selected && !state.help ? 2 : 0)
  if (!layout) return <TooSmall {...props} />
  const body = {...props, layout, listed}
  return (
    <Box flexDirection="column" height={rows} overflow="hidden" width={columns}>
      <SandboxHeader facts={facts} look={look} spacious={layout.spacious} state={state} />
      {layout.spacious && <Line look={look} spans={[]} width={columns} />}
      <Box flexGrow={1}>{state.help ? <SandboxHelp look={look} width={columns} /> : <Requests {...body} />}</Box>
      {selected && !state.help && <RequestDetails look={look} request={selected} width={columns} />}
      <SandboxFooter listed={listed.length} look={look} spacious={layout.spacious} state={state} />
    </Box>
  )
}

function Requests({facts, state, look, layout, listed}: Body) {
  const {listWidth, listRows, operationsWidth, operationRows, sideBySide, spacious} = layout
  const selected = selectedRequest(listed, state.selected)?.number
  const operations = operationsWidth > 0 && (
    <OperationTable look={look} operations={state.operations} rows={operationRows} width={operationsWidth} />
  )
  const list = (
    <Box flexDirection="column" width={listWidth}>
      {spacious && <Line look={look} spans={listTitle(state, listed.length)} width={listWidth} />}
      <RequestList
        empty={emptyText(state, facts)}
        look={look}
        requests={shownRequests(listed, selected, listRows)}
        rows={listRows}
        selected={selected}
        width={listWidth}
      />
    </Box>
  )
  return sideBySide ? (
    <Box flexGrow={1} justifyContent="space-between">
      {list}
      {operations}
    </Box>
  ) : (
    <Box flexDirection="column">
      {operations}
      {operations && <Line look={look} spans={[]} width={operationsWidth} />}
      {list}
    </Box>
  )
}

function emptyText({seen, requests, frozen}: SandboxState, {hint}: SandboxFacts): readonly string[] {
  if ((frozen?.requests ?? requests).length > 0) return ['No request matches. Esc shows all again.']
  if (seen > 0) return ['Cleared. The next request is shown here.']
  return ['No request yet. In another shell:', hint, 'aws bedrock list-foundation-models']
}

function TooSmall({state, look, facts}: SandboxScreenProps) {
  const {columns, rows} = state.size
  const lines = [facts.url, `${state.count} requests, ${state.errors} errors`, 'Terminal too small', 'q quits']
  return (
    <Box flexDirection="column">
      {lines.slice(0, rows).map((text) => (
        <Line key={text} look={look} spans={[{text}]} width={columns} />
      ))}
    </Box>
  )
}
