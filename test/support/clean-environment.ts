// Runs before every test file: no AWS setting, cache or flag of the person at the keyboard may decide a test.
for (const name of Object.keys(process.env)) {
  if (/^(AWS_|BEDROCKCTL_)/.test(name)) delete process.env[name]
}
process.env['AWS_EC2_METADATA_DISABLED'] = 'true'
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
process.env['AWS_CONFIG_FILE'] = '/nonexistent/aws-config'
process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/nonexistent/aws-credentials'
process.env['BEDROCKCTL_CACHE_DIR'] = '/nonexistent/bedrockctl-cache'
