// Makes the committed files that follow from others: JSON Schemas, command pages, sections of the README, notices, sheets of the
// examples, the keys of a workload, the checks of data sets.
// Works on the last build (`npm run generate` builds first). With --check it writes nothing and fails on a difference.
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import type {Artefact} from './generate/artefact.js'
import {commandDocs} from './generate/command-docs.js'
import {customModelsGuide} from './generate/custom-models-guide.js'
import {exampleSheets} from './generate/example-sheets.js'
import {noticesArtefact} from './generate/notices.js'
import {readmeArtefact} from './generate/readme-sections.js'
import {schemaArtefacts} from './generate/schemas.js'
import {workloadGuide} from './generate/workload-guide.js'
import {RESULT_SCHEMAS} from './result-schemas.js'

/** Folders that hold nothing but generated files: what is not made any more is removed. */
const OWNED_FOLDERS = ['schemas', 'docs/commands']

const artefacts: readonly Artefact[] = [
  ...schemaArtefacts(),
  ...commandDocs(new Set(Object.keys(RESULT_SCHEMAS))),
  readmeArtefact(),
  noticesArtefact(),
  await exampleSheets(),
  workloadGuide(),
  customModelsGuide(),
]
const made = new Set(artefacts.map(({path}) => path))
const left = OWNED_FOLDERS.filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .filter((path) => !made.has(path))
const stale = artefacts.filter(({path, text}) => !existsSync(path) || readFileSync(path, 'utf8') !== text)

if (process.argv.includes('--check')) {
  for (const {path} of stale) console.error(`stale: ${path}`)
  for (const path of left) console.error(`nothing makes it any more: ${path}`)
  if (stale.length + left.length > 0) {
    console.error('Run `npm run generate` and commit what it changes.')
    process.exitCode = 1
  }
} else {
  for (const path of left) rmSync(path)
  for (const {path, text} of stale) {
    mkdirSync(dirname(path), {recursive: true})
    writeFileSync(path, text)
    console.log(`wrote ${path}`)
  }
}
