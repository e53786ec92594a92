import {Parser} from '@oclif/core'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {expect, test} from 'vitest'
import {fromParserError} from '../../../src/lib/cli/parser-error.js'

const words = {
  args: {target: Args.string({description: 'group, or name, id or ARN of a job', required: true})},
  flags: {region: Flags.string({multiple: true})},
}

test('a missing argument is named, without advice on flags that are not what was wrong', async () => {
  const failure = await Parser.parse([], words).catch((error: Error) => error)

  expect(fromParserError(failure as Error)).toMatchObject({
    code: 'MISSING_ARGUMENT',
    message: 'Missing argument. Needed: target: group, or name, id or ARN of a job.',
    exitCode: 2,
  })
})

test('a number out of its bounds is told in one line', () => {
  const failure = Object.assign(
    new Error(
      'Parsing --timeout-hours \n\tExpected an integer greater than or equal to 24 but received: 3\nSee more help with --help',
    ),
    {oclif: {}},
  )

  expect(fromParserError(failure)).toMatchObject({
    message: '--timeout-hours takes an integer greater than or equal to 24, not 3.',
  })
})
