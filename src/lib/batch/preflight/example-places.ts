import type {S3Place} from '../../jobs/ports.js'
import {below} from '../../jobs/s3-uri.js'
import {safeStem} from '../plan/group-name.js'
import type {PreflightQuestion} from './preflight-question.js'

/** Objects as the first job of a group reads and writes them; what the service names is made up. */
export function examplePlaces(
  {results, staging}: {readonly staging: S3Place; readonly results: S3Place},
  group: string | undefined,
  inputName: string,
): PreflightQuestion['example'] {
  const folder = `${group ?? `${safeStem(inputName)}-000000`}/r1`
  return {
    input: below(staging, `${folder}/0001.jsonl`),
    output: below(results, `${folder}/0001/abcdefghijkl/0001.jsonl.out`),
  }
}
