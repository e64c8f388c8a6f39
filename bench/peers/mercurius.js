// Mercurius with its JIT over better-sqlite3, as a careful user of it would write it: mercurius.js PORT FILE
import Database from 'better-sqlite3'
import Fastify from 'fastify'
import mercurius from 'mercurius'

const [port, file] = process.argv.slice(2)
const db = new Database(file, { readonly: true, fileMustExist: true })

const schema = `
  type Query { articles(first: Int = 20): ArticleConnection! }
  type ArticleConnection { nodes: [Article!]! }
  type Article { id: ID! title: String! publishedOn: String abstract: Abstract labels: [Label!]! }
  type Abstract { text: String! }
  type Label { score: Float! topic: Topic! }
  type Topic { id: ID! name: String! }
`
const newest = db.prepare(`SELECT id, title, published_on AS publishedOn FROM article
  WHERE duplicate_of IS NULL AND hidden_at IS NULL ORDER BY published_on DESC NULLS LAST, id DESC LIMIT ?`)
const prepared = new Map()
const many = (key, sql, count) => {
  const name = `${key} ${count}`
  if (!prepared.has(name)) prepared.set(name, db.prepare(sql(Array(count).fill('?').join(', '))))
  return prepared.get(name)
}

const app = Fastify()
app.register(mercurius, {
  schema,
  jit: 1,
  resolvers: {
    Query: { articles: (_, { first }) => ({ nodes: newest.all(first) }) }
  },
  loaders: {
    Article: {
      async abstract (queries) {
        const sql = (marks) => `SELECT article_id, text FROM abstract WHERE article_id IN (${marks})`
        const rows = many('abstract', sql, queries.length).all(queries.map(({ obj }) => obj.id))
        const byId = new Map(rows.map((row) => [row.article_id, row]))
        return queries.map(({ obj }) => byId.get(obj.id) ?? null)
      },
      async labels (queries) {
        const sql = (marks) => `SELECT article_id, topic_id, score FROM label WHERE article_id IN (${marks})
          ORDER BY score DESC, topic_id`
        const rows = many('label', sql, queries.length).all(queries.map(({ obj }) => obj.id))
        const byId = new Map(queries.map(({ obj }) => [obj.id, []]))
        for (const row of rows) byId.get(row.article_id).push(row)
        return queries.map(({ obj }) => byId.get(obj.id))
      }
    },
    Label: {
      async topic (queries) {
        const ids = [...new Set(queries.map(({ obj }) => obj.topic_id))]
        const rows = many('topic', (marks) => `SELECT id, name FROM topic WHERE id IN (${marks})`, ids.length).all(ids)
        const byId = new Map(rows.map((row) => [row.id, row]))
        return queries.map(({ obj }) => byId.get(obj.topic_id))
      }
    }
  }
})
app.listen({ port: Number(port), host: '127.0.0.1' })
