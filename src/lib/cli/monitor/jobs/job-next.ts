import {type Asked, commandAgain} from '../../../core/command-again.js'

/**
 * Commands for a job as they work from anywhere: whose account it is, and the Region where no ARN tells it; undefined where
 * it is known on this machine.
 */
export function boardCommands(
  commands: readonly string[],
  region: string | undefined,
  asked: Asked,
): readonly string[] {
  return commands.map((command) => {
    const words = command.replace(/^bedrockctl /, '')
    const isPlaced = region === undefined || words.includes('arn:') || words.includes('--region ')
    return commandAgain(isPlaced ? words : `${words} --region ${region}`, asked)
  })
}
