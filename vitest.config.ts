import {defineConfig} from 'vitest/config'

// oclif writes through console and process.stdout; vitest must not sit in between. With CI=true Ink draws only once.
export default defineConfig({
  test: {
    disableConsoleIntercept: true,
    env: {CI: 'false', FORCE_COLOR: '0'},
    include: ['test/**/*.test.{ts,tsx}'],
    // Modules are loaded once per worker, not once per file: a test may not lean on state that a module keeps.
    isolate: false,
    // One fewer than there are processors is the default: on two, half of the machine.
    maxWorkers: '100%',
    setupFiles: ['test/support/clean-environment.ts'],
    // A busy machine is no failure.
    hookTimeout: 30_000,
    testTimeout: 20_000,
  },
})
