import {describe, expect, test} from 'vitest'
import {BedrockctlError} from '../../../src/lib/core/errors.js'
import {makeAnew} from '../../../src/lib/jobs/make-anew.js'

const clock = {now: () => new Date(0), pause: async () => undefined, random: () => 0}

/** A service that answers a token with what it made of it, deleted or not. */
function service() {
  const made = new Map<string, string>()
  const there = new Set<string>()
  return {
    made,
    there,
    create: async (token: string) => {
      const known = made.get(token)
      if (known !== undefined) return known
      const arn = `arn-${made.size + 1}`
      made.set(token, arn)
      there.add(arn)
      return arn
    },
    look: async (arn: string): Promise<unknown> => (there.has(arn) ? arn : undefined),
  }
}

const make = ({create, look}: Pick<ReturnType<typeof service>, 'create' | 'look'>) =>
  makeAnew({name: 'one', clientRequestToken: 't', create, look}, {clock, signal: undefined})

describe('what is made', () => {
  test('is one, however often it is asked for', async () => {
    const aws = service()

    expect([await make(aws), await make(aws)]).toEqual(['arn-1', 'arn-1'])
    expect([...aws.made.keys()]).toEqual(['t'])
  })

  test('is made anew each time it was deleted, and then is one again', async () => {
    const aws = service()
    const arns: string[] = []
    for (let round = 0; round < 3; round += 1) {
      arns.push(await make(aws), await make(aws))
      aws.there.clear()
    }

    expect(arns).toEqual(['arn-1', 'arn-1', 'arn-2', 'arn-2', 'arn-3', 'arn-3'])
  })

  test('is not made twice where it cannot be looked at, or comes late', async () => {
    const aws = service()
    const late = [undefined, 'arn-1']
    const denied = async () => {
      throw new BedrockctlError('ACCESS_DENIED', 'No.', {fault: 'access'})
    }
    await make({...aws, look: denied})
    await make({...aws, look: async () => late.shift()})

    expect(aws.made.size).toBe(1)
  })

  test('so often that no token is left is refused', async () => {
    const aws = {...service(), look: async () => undefined}

    await expect(make(aws)).rejects.toMatchObject({code: 'NAME_SPENT', exitCode: 2})
  })
})
