// What nearly every command loads, as one file (docs/adr/0003-start-up.md).
import {readFileSync} from 'node:fs'
import {resolve, sep} from 'node:path'

/**
 * Modules that most commands load; those that they import come along. Split as the commands share them they would be some
 * thirty files, of a kilobyte or two, and Node takes longer to find and link a file than to read it. They run at every
 * start, so none may do more than to define.
 */
const TOGETHER = [
  ...['arn', 'closest', 'duration', 'errors', 'package-root', 'text', 'unread'].map((name) => `core/${name}`),
  ...['connect', 'fact-cache', 'offers-for', 'permissions', 'progress', 'reporting'].map((name) => `cli/${name}`),
  ...['cache-folder', 'resolve-settings'].map((name) => `config/${name}`),
  ...['columns', 'describe-origin', 'json', 'render-answer', 'style', 'table', 'terminal'].map(
    (name) => `output/${name}`,
  ),
  ...['model-lookup', 'open-catalog'].map((name) => `catalog/${name}`),
  ...['collect-offers', 'fold-variants'].map((name) => `models/offers/${name}`),
  ...['cache-file', 'cached-facts', 'is-fresh', 'offer-cache', 'price-book'].map((name) => `refresh/${name}`),
  'routing/select-regions',
]
/** Threads of a bench load what they need to send and to count, and nothing else. */
const ALONE = /[\\/]src[\\/]lib[\\/]bench[\\/](?:arrivals|load|samples|wire)[\\/]/
const NAME = 'load-together'

/** The bundler puts into one file what the same entries reach: each module of ours but these reaches all of them. */
export const loadTogether = {
  name: NAME,
  setup(context) {
    context.onResolve({filter: new RegExp(`^${NAME}$`)}, () => ({path: NAME, namespace: NAME}))
    context.onLoad({filter: /.*/, namespace: NAME}, () => ({
      contents: TOGETHER.map((module) => `import './${module}.js'`).join('\n'),
      resolveDir: resolve('src/lib'),
    }))
    const ours = resolve('src') + sep
    context.onLoad({filter: /\.tsx?$/}, ({path}) => {
      if (!path.startsWith(ours) || ALONE.test(path)) return undefined
      return {contents: `import '${NAME}';${readFileSync(path, 'utf8')}`, loader: path.endsWith('x') ? 'tsx' : 'ts'}
    })
  },
}
