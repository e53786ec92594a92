import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {openInput} from '../../../../src/lib/cost/tokens/open-input.js'
import {collect} from './streams.js'

test('a file comes as its bytes', async () => {
  const bytes = Buffer.concat(await collect(openInput(fileURLToPath(import.meta.url))))

  expect(bytes.toString()).toContain('a file comes as its bytes')
})

test('a dash is standard input', async () => {
  async function* stdin() {
    yield 'one '
    yield Buffer.from('two')
  }

  expect(Buffer.concat(await collect(openInput('-', stdin()))).toString()).toBe('one two')
})

test('a file that is not there is a wrong argument', async () => {
  await expect(collect(openInput('/no/such/file'))).rejects.toMatchObject({
    code: 'SAMPLE_UNREADABLE',
    fault: 'usage',
    message: '/no/such/file cannot be read.',
  })
})
