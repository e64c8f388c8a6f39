// PostGraphile 5 as its preset has it: postgraphile.js PORT URL
import { createServer } from 'node:http'
import { grafserv } from 'postgraphile/grafserv/node'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'

// It expects Node 22; 20 lacks only this of what it uses, and says so nowhere.
Promise.withResolvers ??= function () {
  let settle
  const promise = new this((resolve, reject) => { settle = { resolve, reject } })
  return { promise, ...settle }
}

const [port, connectionString] = process.argv.slice(2)
const server = createServer()
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString, schemas: ['public'] })],
  grafserv: { watch: false, graphiql: false }
})
const serv = instance.createServ(grafserv)
await serv.addTo(server)
server.listen(Number(port), '127.0.0.1')
