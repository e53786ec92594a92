import {account} from './iam/account.js'
import {authorizationDetails} from './iam/authorization-details.js'
import {credentialReport} from './iam/credential-report.js'
import {credentials} from './iam/credentials.js'
import {groups} from './iam/groups.js'
import {lastAccessed} from './iam/last-accessed.js'
import {policies} from './iam/policies.js'
import {roles} from './iam/roles.js'
import {users} from './iam/users.js'

export default {
  ...account,
  ...authorizationDetails,
  ...credentialReport,
  ...credentials,
  ...groups,
  ...lastAccessed,
  ...policies,
  ...roles,
  ...users,
}
