import {createHash} from 'node:crypto'
import type {Deployment, DeploymentRequest} from '../../capacity/ports.js'
import {usageError} from '../../core/errors.js'

const NAME = /^([0-9a-zA-Z][_-]?){1,63}$/

/** The same words make the same request, so that sending it twice deploys once. */
export function deploymentRequest(
  name: string,
  modelArn: string,
  tags: Readonly<Record<string, string>>,
): DeploymentRequest {
  if (!NAME.test(name)) {
    throw usageError('NAME_INVALID', `--name ${name} is no name for a deployment.`, {
      hint: 'Letters and digits, with single - or _ between them, at most 63 characters.',
    })
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([name, modelArn, tags]))
    .digest('hex')
  return {
    name,
    modelArn,
    clientRequestToken: `bedrockctl-${digest.slice(0, 40)}`,
    ...(Object.keys(tags).length > 0 && {tags}),
  }
}

/** A deployment of the name that serves another model is not the one that was asked for. */
export function refuseOther(existing: Deployment, {modelArn, name}: DeploymentRequest): void {
  if (existing.modelArn === modelArn) return
  throw usageError('DEPLOYMENT_NAME_TAKEN', `There is a deployment ${name} already, of another model.`, {
    why: `It serves ${existing.modelArn}.`,
    hint: 'Give the new one another --name, or put the model in the place of the other one.',
    actions: [`bedrockctl capacity update ${name} --model ${modelArn} --region ${existing.region}`],
  })
}
