// A GraphQL server written by hand for Node: Fastify and Mercurius with its just-in-time compiler,
// batched loaders, and prepared statements through one pool.
const { Pool, types } = require("pg");
const app = require("fastify")({ logger: false });

const BIGINT = 20;
types.setTypeParser(BIGINT, Number);
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const schema = `
  scalar JSON
  scalar DateTime
  type Source { id: Int! name: String! }
  type Identifier { kind: String! value: String! }
  type Trait { name: String! value: JSON! observedAt: DateTime! }
  type Tag { id: Int! name: String! category: String }
  type CustomerTag { tag: Tag! }
  type Account { id: Int! name: String! domain: String }
  type ScoringModel { id: Int! name: String! }
  type Score { value: Float! model: ScoringModel! }
  type Performance { reads: Int! conversions: Int! }
  type Asset {
    id: Int! slug: String! language: String! kind: String! status: String! title: String!
    updatedAt: DateTime! performance(from: Int!, to: Int!): Performance!
  }
  type Item {
    id: Int! title: String! kind: String! state: String! effort: Int urgency: Int
    createdAt: DateTime! contentAssets: [Asset!]!
  }
  type Touchpoint {
    id: Int! type: String! name: String! summary: String! occurredAt: DateTime! properties: JSON!
    source: Source subject: Customer! contentAsset: Asset
  }
  type Customer {
    id: Int! displayName: String! isIdentified: Boolean! firstSeenAt: DateTime!
    lastSeenAt: DateTime! createdAt: DateTime! identifiers: [Identifier!]! traits: [Trait!]!
    tags: [CustomerTag!]! scores: [Score!]! account: Account
    timeline(first: Int!): [Touchpoint!]!
  }
  type Query {
    customer(id: Int!): Customer
    taggedCustomers(tag: Int!, least: Int!, first: Int!): [Customer!]!
    assets(afterTitle: String!, afterId: Int!, first: Int!): [Asset!]!
    items(backlog: Int!, first: Int!): [Item!]!
    touchpoints(before: Float!, beforeId: Int!, first: Int!): [Touchpoint!]!
  }
  type Mutation { addTag(customer: Int!, tag: Int!): Customer! }
`;

const CUSTOMER = "c.id, c.display_name, c.is_identified, c.first_seen_at, c.last_seen_at, c.created_at, c.account_id";
const TOUCHPOINT = "e.id, e.customer_id, e.source_id, e.type, e.name, e.summary, e.occurred_at, e.properties, e.asset_id";
const TRAIT = "t.name, t.value, t.observed_at";
const ASSET = "a.id, a.slug, a.language, a.kind, a.status, a.title, a.updated_at";
const ITEM = "i.id, i.title, i.kind, i.state, i.effort, i.urgency, i.created_at, i.asset_ids";
const MICRO = 1e6;

const rows = async (name, text, values) => (await pool.query({ name, text, values })).rows;
const iso = (moment) => new Date(moment).toISOString();

const resolvers = {
  Query: {
    customer: async (_, { id }) =>
      (await rows("customer", `SELECT ${CUSTOMER} FROM customer c WHERE c.id = $1`, [id]))[0] ?? null,
    taggedCustomers: (_, { tag, least, first }) =>
      rows(
        "tagged",
        `SELECT ${CUSTOMER} FROM tag_rank h JOIN customer c ON c.id = h.customer_id
         WHERE h.list_id = 1 AND h.tag_id = $1 AND h.rank >= $2 AND c.merged_into_id IS NULL
         ORDER BY h.rank DESC, h.customer_id DESC LIMIT $3`,
        [tag, least, first],
      ),
    assets: (_, { afterTitle, afterId, first }) =>
      rows(
        "assets",
        `SELECT ${ASSET} FROM content_asset a WHERE (a.title_key, a.id) > ($1, $2)
         ORDER BY a.title_key, a.id LIMIT $3`,
        [afterTitle, afterId, first],
      ),
    items: (_, { backlog, first }) =>
      rows(
        "items",
        `SELECT ${ITEM} FROM backlog_item i WHERE i.backlog_id = $1
         AND i.state IN ('BACKLOG', 'READY') ORDER BY i.rank LIMIT $2`,
        [backlog, first],
      ),
    touchpoints: (_, { before, beforeId, first }) =>
      rows(
        "feed",
        `SELECT ${TOUCHPOINT} FROM touchpoint e WHERE (e.occurred_at, e.id) < ($1, $2)
         ORDER BY e.occurred_at DESC, e.id DESC LIMIT $3`,
        [before, beforeId, first],
      ),
  },
  Mutation: {
    addTag: async (_, { customer, tag }) => {
      await rows(
        "add tag",
        `INSERT INTO customer_tag (customer_id, tag_id, state, is_on, set_at, actor_name)
         VALUES ($1, $2, 'MANUAL', true, $3, 'bench')`,
        [customer, tag, Date.now()],
      );
      return { id: customer };
    },
  },
  Customer: {
    displayName: (it) => it.display_name,
    isIdentified: (it) => it.is_identified,
    firstSeenAt: (it) => iso(it.first_seen_at),
    lastSeenAt: (it) => iso(it.last_seen_at),
    createdAt: (it) => iso(it.created_at),
  },
  Asset: { updatedAt: (it) => iso(it.updated_at) },
  Item: { createdAt: (it) => iso(it.created_at) },
  Trait: { observedAt: (it) => iso(it.observed_at) },
  Touchpoint: { occurredAt: (it) => iso(it.occurred_at) },
};

const unique = (keys) => [...new Set(keys.filter((key) => key != null))];

const many = async (keys, column, name, text, more = []) => {
  const found = new Map(keys.map((key) => [key, []]));
  for (const row of await rows(name, text, [unique(keys), ...more])) found.get(row[column]).push(row);
  return keys.map((key) => found.get(key));
};

const one = async (keys, name, text) => {
  const wanted = unique(keys);
  const found = wanted.length ? await rows(name, text, [wanted]) : [];
  const byId = new Map(found.map((row) => [row.id, row]));
  return keys.map((key) => byId.get(key) ?? null);
};

const some = async (lists, name, text) => {
  const found = await one(lists.flat(), name, text);
  return lists.map((list) => found.splice(0, list.length));
};

const ids = (asked) => asked.map(({ obj }) => obj.id);
const sources = (asked) =>
  one(asked.map(({ obj }) => obj.source_id), "sources", "SELECT id, name FROM source WHERE id = ANY($1)");
const ASSETS = `SELECT ${ASSET} FROM content_asset a WHERE a.id = ANY($1)`;

const loaders = {
  Customer: {
    identifiers: (asked) =>
      many(
        ids(asked),
        "customer_id",
        "identifiers",
        "SELECT customer_id, kind, value FROM identifier WHERE customer_id = ANY($1) ORDER BY kind, value",
      ),
    traits: (asked) =>
      many(
        ids(asked),
        "customer_id",
        "traits",
        `SELECT t.customer_id, ${TRAIT} FROM trait t WHERE t.customer_id = ANY($1) ORDER BY t.name`,
      ),
    tags: async (asked) => {
      const found = await many(
        ids(asked),
        "customer_id",
        "tags",
        `SELECT h.customer_id, g.id, g.name, g.category FROM customer_tag h JOIN tag g ON g.id = h.tag_id
         WHERE h.customer_id = ANY($1) ORDER BY h.set_at, h.id`,
      );
      return found.map((tags) => tags.map((tag) => ({ tag })));
    },
    scores: async (asked) => {
      const found = await many(
        ids(asked),
        "customer_id",
        "scores",
        `SELECT s.customer_id, s.steady, m.id, m.name FROM customer_score s
         JOIN scoring_model m ON m.build_id = s.build_id WHERE s.customer_id = ANY($1) ORDER BY m.id`,
      );
      return found.map((scores) => scores.map((row) => ({ value: row.steady / MICRO, model: row })));
    },
    account: (asked) =>
      one(
        asked.map(({ obj }) => obj.account_id),
        "accounts of",
        "SELECT a.id, a.name, a.domain FROM account a WHERE a.id = ANY($1)",
      ),
    timeline: (asked) =>
      many(
        ids(asked),
        "customer_id",
        "timelines",
        `SELECT e.* FROM unnest($1::bigint[]) AS k, LATERAL (SELECT ${TOUCHPOINT} FROM touchpoint e
         WHERE e.customer_id = k ORDER BY e.occurred_at DESC, e.id DESC LIMIT $2) e`,
        [asked[0].params.first],
      ),
  },
  Asset: {
    performance: async (asked) => {
      const { from, to } = asked[0].params;
      const found = await rows(
        "performances",
        `SELECT d.asset_id, sum(d.reads)::int AS reads, sum(d.conversions)::int AS conversions
         FROM asset_day d WHERE d.asset_id = ANY($1) AND d.day BETWEEN $2 AND $3 GROUP BY 1`,
        [ids(asked), from, to],
      );
      const byId = new Map(found.map((row) => [row.asset_id, row]));
      return ids(asked).map((id) => byId.get(id) ?? { reads: 0, conversions: 0 });
    },
  },
  Item: {
    contentAssets: (asked) => some(asked.map(({ obj }) => obj.asset_ids), "assets of items", ASSETS),
  },
  Touchpoint: {
    source: sources,
    contentAsset: (asked) => one(asked.map(({ obj }) => obj.asset_id), "assets of touchpoints", ASSETS),
    subject: (asked) =>
      one(
        asked.map(({ obj }) => obj.customer_id),
        "subjects",
        `SELECT ${CUSTOMER} FROM customer c WHERE c.id = ANY($1)`,
      ),
  },
};

app.register(require("mercurius"), { schema, resolvers, loaders, jit: 1, graphiql: false });
app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
