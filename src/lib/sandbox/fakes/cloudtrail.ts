import {events} from './cloudtrail/events.js'
import {stores} from './cloudtrail/stores.js'
import {trails} from './cloudtrail/trails.js'

export default {...trails, ...stores, ...events}
