import {afterEach} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'

const opened: Sandbox[] = []

afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close()
})

/** A sandbox whose clock stands still and whose answers are checked; closed after the test. */
export async function openSandbox(scenario: string): Promise<Sandbox> {
  const sandbox = await startSandbox({scenario, clock: 'manual', checkOutput: true})
  opened.push(sandbox)
  return sandbox
}

/** What an SDK client needs to call it as the login of the scenario; a failed call is not repeated. */
export function clientSettings({url, world}: Sandbox, region: string) {
  const {accessKeyId, secretAccessKey} = world.login
  return {endpoint: url, region, maxAttempts: 1, credentials: {accessKeyId, secretAccessKey}}
}
