import {gateways} from './agentcore/gateways.js'
import {identities} from './agentcore/identities.js'
import {memories} from './agentcore/memories.js'
import {runtimes} from './agentcore/runtimes.js'
import {tools} from './agentcore/tools.js'

export default {...runtimes, ...gateways, ...memories, ...identities, ...tools}
