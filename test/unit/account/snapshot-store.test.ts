import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {readSnapshot, writeSnapshot} from '../../../src/lib/account/snapshot-store.js'
import {collect} from '../../support/fake-readers.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-'))
})
afterEach(() => rm(folder, {recursive: true}))

const subnet = {id: 's-1', vpcId: 'v-1', zone: 'eu-west-1a', zoneId: null, cidr: null, owner: null, tags: []}

function sample() {
  return collect(['ec2:subnets'], {'ec2:subnets': async () => [subnet]})
}

async function saved(change: (document: Record<string, unknown>) => void): Promise<string> {
  const document = JSON.parse(JSON.stringify(await sample())) as Record<string, unknown>
  change(document)
  const file = join(folder, 'changed.json')
  await writeFile(file, JSON.stringify(document))
  return file
}

test('a snapshot comes back as it was written, and leaves nothing else behind', async () => {
  const snapshot = await sample()
  const file = join(folder, 'snapshot.json')

  await writeSnapshot(file, snapshot)

  expect(await readSnapshot(file)).toEqual(snapshot)
  expect(await readdir(folder)).toEqual(['snapshot.json'])
})

test('a folder that is not there is a usage error and leaves no draft', async () => {
  await expect(writeSnapshot(join(folder, 'none', 'x.json'), await sample())).rejects.toMatchObject({
    code: 'SNAPSHOT_NOT_WRITTEN',
    exitCode: 2,
  })
})

describe('what is not wholly a snapshot is refused with the place', () => {
  test('a file that is not there', async () => {
    await expect(readSnapshot(join(folder, 'none.json'))).rejects.toMatchObject({code: 'SNAPSHOT_MISSING', exitCode: 2})
  })

  test('a file cut off at any point', async () => {
    const file = join(folder, 'snapshot.json')
    await writeSnapshot(file, await sample())
    const whole = await readFile(file, 'utf8')
    for (const share of [0, 0.1, 0.5, 0.9, 0.99]) {
      await writeFile(file, whole.slice(0, Math.floor(whole.length * share)))

      await expect(readSnapshot(file)).rejects.toMatchObject({
        code: 'SNAPSHOT_DAMAGED',
        exitCode: 2,
        why: expect.stringMatching(/line \d+|empty/),
      })
    }
  })

  test.each([
    ['another version', (d: Record<string, unknown>) => Object.assign(d, {schemaVersion: 2}), 'SNAPSHOT_VERSION'],
    ['another kind', (d: Record<string, unknown>) => Object.assign(d, {kind: 'lock'}), 'SNAPSHOT_DAMAGED'],
    ['no caller', (d: Record<string, unknown>) => Object.assign(d, {caller: null}), 'SNAPSHOT_DAMAGED'],
    [
      'a Region that is a path',
      (d: Record<string, unknown>) => Object.assign(d, {regions: [{name: '../x', optIn: 'enabled'}]}),
      'SNAPSHOT_DAMAGED',
    ],
  ] as const)('%s', async (_, change, code) => {
    await expect(readSnapshot(await saved(change))).rejects.toMatchObject({code, exitCode: 2})
  })

  test('a resource without a member names the member', async () => {
    const file = await saved((document) => {
      const reads = document['reads'] as {'ec2:subnets'?: {value: {zone?: string}[]}[]}
      delete reads['ec2:subnets']?.[0]?.value[0]?.zone
    })

    await expect(readSnapshot(file)).rejects.toMatchObject({
      why: expect.stringContaining('reads["ec2:subnets"][0].value[0].zone'),
    })
  })

  test('an unread entry cannot carry a value', async () => {
    const file = await saved((document) => {
      const reads = document['reads'] as {'ec2:subnets'?: Record<string, unknown>[]}
      Object.assign(reads['ec2:subnets']?.[0] ?? {}, {status: 'denied'})
    })

    await expect(readSnapshot(file)).rejects.toMatchObject({code: 'SNAPSHOT_DAMAGED'})
  })

  test('a Region that stands twice', async () => {
    const file = await saved((document) => {
      const entries = (document['reads'] as {'ec2:subnets'?: unknown[]})['ec2:subnets'] ?? []
      entries.push(entries[0])
    })

    await expect(readSnapshot(file)).rejects.toMatchObject({why: expect.stringContaining('a Region twice')})
  })

  test.each(['null', '[]', '"text"', '{"__proto__": {"schemaVersion": 1}}', '[['.repeat(50_000)])(
    '%#: other JSON',
    async (text) => {
      const file = join(folder, 'other.json')
      await writeFile(file, text)

      await expect(readSnapshot(file)).rejects.toMatchObject({code: 'SNAPSHOT_DAMAGED', exitCode: 2})
    },
  )
})
