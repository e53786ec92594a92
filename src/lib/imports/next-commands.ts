import {isOver} from './import-states.js'
import type {ImportRow} from './imports.schema.js'

/** What to go on with, best first; `s3Uri`: where the files of the import are. */
export function nextCommands({jobArn, jobName, modelArn, name, region, state}: ImportRow, s3Uri: string | null) {
  const of = (verb: string, target: string) => `bedrockctl imports ${verb} ${target} --region ${region}`
  if (state === 'Completed' && modelArn !== null) return [of('invoke', `${name} --prompt "Say hello."`)]
  if (state === 'Failed') return s3Uri === null ? [] : [of('check', s3Uri)]
  return isOver(state) || jobArn === null ? [] : [of('watch', jobName ?? jobArn)]
}
