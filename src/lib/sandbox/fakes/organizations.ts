import {policies} from './organizations/policies.js'
import {tree} from './organizations/tree.js'

export default {...tree, ...policies}
