import {defineConfig} from 'vitest/config'

// oclif writes through console and process.stdout; vitest must not sit in between.
export default defineConfig({
  test: {
    disableConsoleIntercept: true,
    env: {AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CI: 'false', FORCE_COLOR: '0'},
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
  },
})
