// Runs shares of cells, one after another, in a thread of its own.
import {parentPort} from 'node:worker_threads'
import {answerReader} from '../wire/answer-reader.js'
import {CellRun} from './cell-run.js'
import {type LoadNews, type LoadOrder, sharedNow} from './messages.js'

let run: CellRun | undefined

const tell = (news: LoadNews, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(news, transfer)

function obey(order: LoadOrder): void {
  switch (order.kind) {
    case 'cell': {
      const {job, secret, salt} = order
      run = new CellRun(job, {secret, salt, reader: () => answerReader(job.lane.dialect), tell})
      // What goes wrong as connections are opened is told by the requests that need them.
      void run.open().then(() => tell({kind: 'ready'}))
      break
    }
    case 'start':
      run?.start(order.t0 - sharedNow() + performance.now())
      break
    case 'secret':
      run?.renew(order.secret)
      break
    case 'drain':
      run?.drain()
      break
    case 'drop':
      run?.drop()
      break
  }
}

parentPort?.on('message', obey)
