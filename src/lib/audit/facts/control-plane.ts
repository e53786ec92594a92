import type {IamFacts} from '../../iam/iam-facts.schema.js'

/** Services whose control plane is Bedrock's. */
const PREFIXES = ['bedrock', 'bedrock-mantle', 'bedrock-agentcore']
/** Actions that write only what a call or a session brings along; they configure nothing. */
const USE =
  /^(Invoke|Converse|Rerank|Retrieve|RetrieveAndGenerate|CallWithBearerToken|(Create|Cancel|Delete)Inference$|(Cancel|Delete)Invoke$|(Create|Delete)File$|(Create|End|Delete|Update)Session$|CreateInvocation$|PutInvocationStep|(Start|Stop)FlowExecution|(Create|Stop)ModelInvocationJob|DeleteAgentMemory|(Ingest|Delete)KnowledgeBaseDocuments|(Batch(Create|Delete|Update)|Delete)MemoryRecord|CreateEvent$|DeleteEvent$|(Start|Stop)(Browser|CodeInterpreter|Runtime)Session|(Start|Stop)RuntimeSession|GetWorkloadAccessToken|UpdateBrowserStream|SaveBrowserSessionProfile|StartMemoryExtractionJob|Evaluate$|StartBatchEvaluation|StopBatchEvaluation|ProcessPayment|AgenticRetrieve)/

const memo = new WeakMap<IamFacts, readonly string[]>()

/** Every action that changes how Bedrock, Mantle or AgentCore are set up, as `service:Action`. */
export function controlPlaneWrites(facts: IamFacts): readonly string[] {
  const known = memo.get(facts)
  if (known !== undefined) return known
  const found = facts.services
    .filter(({prefix}) => PREFIXES.includes(prefix))
    .flatMap(({prefix, actions}) =>
      actions
        .filter(({access}) => access.includes('write') || access.includes('permissions'))
        .filter(({name}) => !USE.test(name))
        .map(({name}) => `${prefix}:${name}`),
    )
  memo.set(facts, found)
  return found
}
