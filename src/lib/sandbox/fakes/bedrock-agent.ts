import {agentParts} from './bedrock-agent/agent-parts.js'
import {agents} from './bedrock-agent/agents.js'
import {flows} from './bedrock-agent/flows.js'
import {knowledgeBases} from './bedrock-agent/knowledge-bases.js'
import {prompts} from './bedrock-agent/prompts.js'
import {tags} from './bedrock-agent/tags.js'

// The read side: building and running agents has no place here.
export default {...agents, ...agentParts, ...knowledgeBases, ...flows, ...prompts, ...tags}
