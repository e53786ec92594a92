import {afterAll, beforeAll, expect, test} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import {checkModel} from '../../src/lib/imports/check/check-model.js'
import {accountNotAsked} from '../../src/lib/imports/check/judge-account.js'
import {openS3Folder} from '../../src/lib/imports/files/s3-folder.js'
import {createPriceBook} from '../../src/lib/prices/price-book.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {BROKEN_MODELS, type BrokenModel} from '../support/broken-models.js'
import {putModel} from '../support/tiny-model.js'

// What is told of a model in S3 is what is told of it in a folder: by range reads over the wire, to the end.

const BUCKET = 'demo-models-111122223333'
const OWNER = {region: 'us-east-1'}

const catalog = await openCatalog()
const [{imports: facts}, prices] = await Promise.all([catalog.customModels(), catalog.prices()])
const book = Promise.resolve(createPriceBook(prices))

let sandbox: Sandbox
let session: AwsSession

beforeAll(async () => {
  sandbox = await startSandbox({})
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}, region: 'us-east-1'})
})
afterAll(async () => {
  session.close()
  await sandbox.close()
})

async function check(prefix: string, {converse, options, region}: Partial<BrokenModel>) {
  const store = await session.objectStore()
  await putModel((key, body) => store.put({bucket: BUCKET, key}, body, OWNER), prefix, options)
  return checkModel(
    {
      folder: openS3Folder(store, {bucket: BUCKET, key: prefix}, OWNER),
      region: region ?? 'us-east-1',
      converse: converse ?? false,
      addressProblems: [],
      deep: false,
      account: Promise.resolve({verdicts: accountNotAsked('not judged'), unread: []}),
      simulated: () => true,
    },
    {facts, book},
  )
}

test('a valid model passes', async () => {
  const {findings, gate, read} = await check('valid/', {})

  expect(findings).toEqual([])
  expect(gate.passed).toBe(true)
  expect(read.reads).toBeLessThanOrEqual(7)
})

test.each(BROKEN_MODELS.map((one, index) => [one.says, one, index] as const))('%s', async (_, one, index) => {
  const {findings} = await check(`broken-${index}/`, one)

  const told = findings.filter(({verdict}) => verdict === 'fail').map(({check: by, severity}) => `${by} ${severity}`)
  expect(told).toEqual([`${one.check} ${one.severity}`])
})

test('objects in an archive are told and not read', async () => {
  const store = await session.objectStore()
  const folder = openS3Folder(store, {bucket: BUCKET, key: 'tiny-llama/'}, OWNER)
  const {findings} = await checkModel(
    {
      folder: {
        ...folder,
        list: async (signal) => {
          const listing = await folder.list(signal)
          return {...listing, files: listing.files.map((file) => ({...file, storageClass: 'GLACIER'}))}
        },
        read: () => Promise.reject(new Error('it was read')),
      },
      region: 'us-east-1',
      converse: false,
      addressProblems: [],
      deep: false,
      account: Promise.resolve({verdicts: accountNotAsked('not judged'), unread: []}),
      simulated: () => true,
    },
    {facts, book},
  )

  expect(new Set(findings.map(({check: by}) => by))).toEqual(new Set(['IMP-51']))
})
