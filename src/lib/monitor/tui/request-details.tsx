import type {SeenRequest} from '../sandbox/state.js'
import type {Look} from '../span.js'
import {Line} from './line.js'
import {resultOf} from './request-list.js'

export interface RequestDetailsProps {
  readonly request: SeenRequest
  readonly width: number
  readonly look: Look
}

/** Two lines about the request that is looked at: what was sent, and what was answered. */
export function RequestDetails({request, width, look}: RequestDetailsProps) {
  const {http, region = '-', account = '-', message, at} = request
  const {text, tone} = resultOf(request)
  return (
    <>
      <Line
        look={look}
        spans={[{text: 'sent      ', tone: 'faint'}, {text: `${http}  ${region}  account ${account}  ${at}`}]}
        width={width}
      />
      <Line
        look={look}
        spans={[{text: 'answered  ', tone: 'faint'}, {text, tone}, {text: message === undefined ? '' : `  ${message}`}]}
        width={width}
      />
    </>
  )
}
