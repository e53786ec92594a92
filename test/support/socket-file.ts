import {createServer} from 'node:net'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'

/** A file in a folder that is no regular file; gone when the test is. */
export async function socketIn(folder: string): Promise<string> {
  const path = join(folder, 'socket')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return path
}
