// Compiles the bundled catalog: tsx scripts/compile-catalog.ts <facts folder> [--batch FILE] [--out data/catalog] [--compiled-on DATE]
// The facts folder holds models.json, prices.json, regions.json, features.json and batch.json, unless --batch names it
// (scripts/catalog/facts.ts is their format) and a README.md whose text says `Compiled YYYY-MM-DD`. What the facts lack stands in scripts/catalog/curated-*.
import {resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {compileCatalog} from './catalog/compile-catalog.js'

const {positionals, values} = parseArgs({
  allowPositionals: true,
  options: {batch: {type: 'string'}, out: {type: 'string', default: 'data/catalog'}, 'compiled-on': {type: 'string'}},
})
const [facts] = positionals
if (facts === undefined || positionals.length > 1) {
  console.error('usage: compile-catalog <facts folder> [--batch FILE] [--out data/catalog] [--compiled-on YYYY-MM-DD]')
  process.exitCode = 2
} else {
  const report = await compileCatalog({
    facts,
    batch: values.batch && resolve(values.batch),
    out: values.out,
    compiledOn: values['compiled-on'],
  })
  console.log(report.join('\n'))
}
