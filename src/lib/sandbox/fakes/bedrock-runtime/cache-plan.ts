import {isTree} from '../../../core/is-tree.js'
import type {RequestContext} from '../../handler.js'
import {cacheableBy, MOST_POINTS} from '../../prompt-cache/cacheable.js'
import {type Boundary, boundariesOf} from '../../prompt-cache/marked-prompt.js'
import type {CachePlan} from '../../prompt-cache/prompt-cache.js'
import type {Body} from '../bedrock/answers/family.js'
import {denied, invalid} from './refusals.js'

// Seen: https://github.com/strands-agents/harness-sdk/pull/1807
const NO_CACHE =
  'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more ' +
  'information.'
const NOTHING: CachePlan = {read: 0, write: 0, written: [], commit: () => undefined}

/**
 * What a cache does for a request; `undefined` for a model that has none. Refuses marks of a model without one, more than
 * four of them, and times that the model does not keep prompts for or that grow.
 */
export function planCache(request: Body, base: string, context: RequestContext): CachePlan | undefined {
  const cacheable = cacheableBy({id: base})
  if (!isMarked(request)) return cacheable && NOTHING
  if (!cacheable) throw denied(NO_CACHE)
  const boundaries = boundariesOf(request)
  const marks = boundaries.filter(({ttl}) => ttl !== undefined)
  if (marks.length > MOST_POINTS) {
    throw invalid(`A maximum of ${MOST_POINTS} blocks with cache_control may be provided. Found ${marks.length}.`)
  }
  const wrong = marks.find(({ttl}) => ttl !== undefined && !cacheable.ttls.includes(ttl))
  if (wrong) throw invalid(`The model doesn't keep prompts in its cache for ${wrong.ttl}.`)
  if (growing(marks))
    throw invalid("A ttl='1h' cache_control block must not come after a ttl='5m' cache_control block.")
  const {account, region} = context
  return context.promptCache.plan(boundaries, cacheable, {scope: `${account} ${region} ${base}`, now: context.now()})
}

const growing = (marks: readonly Boundary[]): boolean =>
  marks.some(({ttl}, index) => ttl === '1h' && marks[index - 1]?.ttl === '5m')

/** Looks at blocks alone: nothing is read of a request that has no marks. */
function isMarked({messages, system, tools, toolConfig}: Body): boolean {
  if (hasMark(system) || hasMark(tools) || (isTree(toolConfig) && hasMark(toolConfig['tools']))) return true
  return Array.isArray(messages) && messages.some((message) => isTree(message) && hasMark(message['content']))
}

const hasMark = (blocks: unknown): boolean =>
  Array.isArray(blocks) &&
  blocks.some((block) => isTree(block) && (isTree(block['cachePoint']) || isTree(block['cache_control'])))
