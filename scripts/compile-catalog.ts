// Compiles the bundled catalog: tsx scripts/compile-catalog.ts <facts folder> [--out data/catalog] [--compiled-on DATE]
// The facts folder holds models.json, prices.json, regions.json and features.json (scripts/catalog/facts.ts is their
// format) and a README.md whose text says `Compiled YYYY-MM-DD`. What the facts lack stands in scripts/catalog/curated-*.
import {parseArgs} from 'node:util'
import {compileCatalog} from './catalog/compile-catalog.js'

const {positionals, values} = parseArgs({
  allowPositionals: true,
  options: {out: {type: 'string', default: 'data/catalog'}, 'compiled-on': {type: 'string'}},
})
const [facts] = positionals
if (facts === undefined || positionals.length > 1) {
  console.error('usage: compile-catalog <facts folder> [--out data/catalog] [--compiled-on YYYY-MM-DD]')
  process.exitCode = 2
} else {
  const report = await compileCatalog({facts, out: values.out, compiledOn: values['compiled-on']})
  console.log(report.join('\n'))
}
