import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {type DoctorResult, doctorSchema} from '../../src/lib/doctor/doctor.schema.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {runCli} from '../support/run-cli.js'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({scenario: 'demo'})
})
afterEach(() => sandbox.close())

function parse(stdout: string): DoctorResult {
  return doctorSchema.parse(JSON.parse(stdout))
}

function statusOf(result: DoctorResult, id: string): string | undefined {
  return result.checks.find((check) => check.id === id)?.status
}

test('an account where all is well: exit 0, every endpoint and every read permission looked at', async () => {
  const {stdout, exitCode} = await runCli(['doctor', '--json'], {env: sandbox.env()})

  const result = parse(stdout)
  expect(exitCode).toBe(0)
  expect(result).toMatchObject({
    offline: false,
    regions: ['us-east-1'],
    permissionRegion: 'us-east-1',
    gate: {passed: true},
  })
  expect(result.checks.filter(({id}) => id.startsWith('endpoint:')).length).toBeGreaterThanOrEqual(6)
  expect(result.permissions.find(({action}) => action === 'bedrock:ListFoundationModels')?.state).toBe('allowed')
  expect(result.checks.find(({id}) => id === 'credentials')?.detail).toContain('from the environment')
  expect(result.requests).toBe(sandbox.journal.length)
})

test('nothing that changes the account is ever called', async () => {
  await runCli(['doctor'], {env: sandbox.env()})

  expect(sandbox.journal.length).toBeGreaterThan(5)
  expect(sandbox.journal.filter(({operation}) => !/^(Get|List|Describe)/.test(operation ?? ''))).toEqual([])
})

test('a denied permission is a warning that names the commands which would miss it', async () => {
  sandbox.faults.add({operation: 'ListInferenceProfiles', effect: {kind: 'access-denied'}})

  const {stdout, exitCode} = await runCli(['doctor', '--json'], {env: sandbox.env()})

  const result = parse(stdout)
  expect(exitCode).toBe(0)
  expect(statusOf(result, 'permissions')).toBe('warn')
  expect(result.commands.find(({command}) => command === 'models list')?.missing).toEqual([
    'bedrock:ListInferenceProfiles',
  ])
  expect(result.commands.find(({command}) => command === 'doctor')?.missing).toEqual([])
})

test('a Region that is not enabled fails with exit 3 and the command that enables it', async () => {
  const {stdout, exitCode} = await runCli(['doctor', '--region', 'eu-south-2'], {env: sandbox.env()})

  expect(exitCode).toBe(3)
  expect(stdout).toContain('aws account enable-region --region-name eu-south-2')
})

test('without credentials: exit 4, and the local checks are there all the same', async () => {
  const {stdout, exitCode} = await runCli(['doctor', '--json'], {
    env: {AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: sandbox.url},
  })

  const result = parse(stdout)
  expect(exitCode).toBe(4)
  expect(statusOf(result, 'credentials')).toBe('fail')
  // A warning from the day on which the SDK's support for this Node ends.
  expect(statusOf(result, 'node')).toMatch(/^(ok|warn)$/)
  expect(statusOf(result, 'endpoint:sts:us-east-1')).toBe('ok')
  expect(result.permissionRegion).toBeNull()
  expect(sandbox.journal).toEqual([])
})

test('wrong keys: exit 4', async () => {
  const env = {...sandbox.env(), AWS_SECRET_ACCESS_KEY: 'wrong'}

  const {stdout, exitCode} = await runCli(['doctor', '--json'], {env})

  expect(exitCode).toBe(4)
  expect(statusOf(parse(stdout), 'identity')).toBe('fail')
})

test('an endpoint on which nothing listens fails with exit 3, not with the credentials', async () => {
  const env = {...sandbox.env(), AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1'}

  const {stdout, exitCode} = await runCli(['doctor', '--json'], {env})

  const result = parse(stdout)
  expect(exitCode).toBe(3)
  expect(statusOf(result, 'endpoint:bedrock:us-east-1')).toBe('fail')
  expect(statusOf(result, 'identity')).toBe('unknown')
  expect(result.permissions.every(({state}) => state === 'unknown' || state === 'not-probed')).toBe(true)
})

test('a role of a profile is assumed, and its expiry told', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'bedrockctl-doctor-')), 'config')
  const {AWS_ACCESS_KEY_ID: key = '', AWS_SECRET_ACCESS_KEY: secret = ''} = sandbox.env()
  writeFileSync(
    file,
    `[profile base]\naws_access_key_id = ${key}\naws_secret_access_key = ${secret}\n` +
      '[profile audit]\nrole_arn = arn:aws:iam::111122223333:role/auditor\nsource_profile = base\nregion = us-east-1\n',
  )
  const env = {AWS_ENDPOINT_URL: sandbox.url, AWS_CONFIG_FILE: file}

  const {stdout, exitCode} = await runCli(['doctor', '--json', '--profile', 'audit'], {env})

  const result = parse(stdout)
  expect(exitCode).toBe(0)
  expect(result.checks.find(({id}) => id === 'credentials')?.detail).toMatch(
    /^profile audit, by assuming a role \(arn:aws:iam::111122223333:role\/auditor from base\), key …\w{4}, expires at /,
  )
  expect(result.checks.find(({id}) => id === 'identity')?.detail).toContain('assumed-role/auditor/')
})

test('an unknown profile is a usage error with the nearest name', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'bedrockctl-doctor-')), 'config')
  writeFileSync(file, '[profile production]\nregion = eu-west-1\n')

  const {stderr, exitCode} = await runCli(['doctor', '--profile', 'producton'], {env: {AWS_CONFIG_FILE: file}})

  expect(exitCode).toBe(2)
  expect(stderr).toContain('Did you mean production?')
})

test('offline only this machine is looked at', async () => {
  const {stdout, exitCode} = await runCli(['doctor', '--offline', '--json'], {env: sandbox.env()})

  const result = parse(stdout)
  expect(exitCode).toBe(0)
  expect(result).toMatchObject({offline: true, permissions: [], requests: 0})
  expect(sandbox.journal).toEqual([])
})

test('a terminal shows checks, permissions and next steps within its width', async () => {
  sandbox.faults.add({operation: 'ListInferenceProfiles', effect: {kind: 'access-denied'}})

  const {stdout} = await runCli(['doctor'], {env: {...sandbox.env(), NO_COLOR: '1'}, tty: {columns: 100}})

  const lines = stdout.split('\n')
  expect(stdout).toMatch(/^DENIED +WHY\nbedrock:ListInferenceProfiles +\S/m)
  expect(stdout).toMatch(/\d+ checks: \d+ ok, \d+ warn, 0 fail, \d+ unknown\. \d+ requests sent\./)
  expect(lines.filter((line) => line.length > 100)).toEqual([])
})
