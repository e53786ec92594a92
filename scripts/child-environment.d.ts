/** The caller's environment without its AWS and bedrockctl settings, colours and costly options, plus `extra`. */
export function childEnvironment(extra?: Readonly<Record<string, string>>): Record<string, string>
