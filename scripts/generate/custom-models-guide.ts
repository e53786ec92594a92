import {readFileSync} from 'node:fs'
import {DATASET_RULES} from '../../src/lib/customizations/datasets/check-codes.js'
import type {Artefact} from './artefact.js'
import {replaceSection} from './replace-section.js'

const PATH = 'docs/guides/custom-models.md'

/** The guide to custom models, with every check of data sets as the program has it. */
export function customModelsGuide(): Artefact {
  const lines = [
    '| check | level | what is wrong | what mends it |',
    '| --- | --- | --- | --- |',
    ...Object.entries(DATASET_RULES).map(
      ([code, {fix, level, title}]) => `| \`${code}\` | ${level} | ${title} | ${fix.replaceAll('|', '\\|')} |`,
    ),
  ]
  return {path: PATH, text: replaceSection(PATH, readFileSync(PATH, 'utf8'), 'data-checks', lines)}
}
