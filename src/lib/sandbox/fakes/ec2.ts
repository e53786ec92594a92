import {endpoints} from './ec2/endpoints.js'
import {gateways} from './ec2/gateways.js'
import {networkAcls} from './ec2/network-acls.js'
import {networkInterfaces} from './ec2/network-interfaces.js'
import {prefixLists} from './ec2/prefix-lists.js'
import {regions} from './ec2/regions.js'
import {routeTables} from './ec2/route-tables.js'
import {securityGroups} from './ec2/security-groups.js'
import {vpcs} from './ec2/vpcs.js'

export default {
  ...regions,
  ...vpcs,
  ...endpoints,
  ...routeTables,
  ...securityGroups,
  ...networkAcls,
  ...networkInterfaces,
  ...prefixLists,
  ...gateways,
}
