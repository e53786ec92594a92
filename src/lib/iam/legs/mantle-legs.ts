import {type CallPlace, createLeg, type Leg, ownArn, SOURCES, tagValues} from './leg.js'

export interface MantleInput {
  /** `default`, or the id of a project. */
  readonly project: string
  /** As the request names the model. */
  readonly modelId?: string
  /** Named by the request; absent when it names none. */
  readonly serviceTier?: string
  /** All tags of the project; absent when they were not read. */
  readonly tags?: Readonly<Record<string, string>>
}

/** Inference on bedrock-mantle is authorised on a project; permissions of `bedrock:` have no say there. */
export function mantleLegs({project, modelId, serviceTier, tags}: MantleInput, place: CallPlace): readonly Leg[] {
  return [
    createLeg(
      {
        name: 'Mantle project',
        action: 'bedrock-mantle:CreateInference',
        resource: ownArn(place, `project/${project}`, {service: 'bedrock-mantle'}),
        context: {
          'aws:RequestedRegion': place.region,
          'bedrock-mantle:ServiceTier': serviceTier ?? {oneOf: [null, 'default']},
          ...(modelId !== undefined && {'bedrock-mantle:Model': modelId}),
          ...tagValues(tags),
        },
        complete: tags === undefined ? [] : ['aws:ResourceTag/'],
        why: 'the project that the inference belongs to',
      },
      SOURCES.actions,
    ),
  ]
}
