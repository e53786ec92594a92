/**
 * The environment for programs whose answer or time is measured: nothing of the caller's AWS or bedrockctl settings,
 * no colour, and no NODE_EXTRA_CA_CERTS, which costs every start of Node 20 about 50 ms.
 */
export function childEnvironment(extra = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|BEDROCKCTL_|NODE_EXTRA_CA_CERTS$|NODE_OPTIONS$|FORCE_COLOR$|COLUMNS$)/.test(name),
  )
  return {
    ...Object.fromEntries(kept),
    NO_COLOR: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...extra,
  }
}
